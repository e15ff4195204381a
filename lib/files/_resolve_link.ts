/**
 * Decides where a symbolic link may lead a selection.
 *
 * @module
 */

import { lstatSync, realpathSync, type Stats } from "node:fs";
import { enters } from "./_enters.ts";
import { selectsName } from "./_rule_set.ts";
import {
  type FileWarning,
  isExcluded,
  isInside,
  type Selection,
  type WalkedDir,
  warn,
} from "./_selection.ts";
import { excludePattern } from "./exclude_pattern.ts";
import { reasonOf } from "./file_error.ts";

/** So many links to directories are followed: without an end, few links make many paths. */
const MOST_LINKS = 1000;

/**
 * Returns what a link leads to, or null if it is not to be followed. Warns of a link that is left
 * out although the rules let it in.
 */
export function resolveLink(
  selection: Selection,
  dir: WalkedDir,
  path: string,
  link: string,
): { readonly real: string; readonly isDir: boolean } | null {
  let real: string;
  let stat: Stats;
  try {
    real = realpathSync(link);
    stat = lstatSync(real);
  } catch (error) {
    if (!selectsName(selection.rules, path)) return null;
    const why = (error as NodeJS.ErrnoException).code === "ELOOP"
      ? "it leads to itself"
      : reasonOf(error);
    return leaveOut("link-broken", `its target cannot be found: ${why}`, "");
  }
  const isDir = stat.isDirectory();
  const isWanted = isDir ? enters(selection, path, real) : selectsName(selection.rules, path);
  if (!isWanted) return null;

  const word = isDir ? " dir" : "";
  const target = JSON.stringify(real);
  if (isExcluded(selection, real)) {
    return leaveOut("link-out", `it leads to ${target}, which is never copied`, word);
  }
  if (!isInside(selection, real) && !selection.follows(real, path)) {
    const out = `it leads out, to ${target}; make that a dependency, or copy it`;
    return leaveOut("link-out", out, word);
  }
  if (isDir && isOnTheWay(dir, real)) {
    return leaveOut("link-loop", "it leads back to a directory that it is in", word);
  }
  if (isDir && ++selection.links > MOST_LINKS) {
    return leaveOut(
      "link-loop",
      `${MOST_LINKS} links to directories were followed before it`,
      word,
    );
  }
  if (!isDir && !stat.isFile()) {
    return leaveOut("special", `it leads to ${target}, a pipe, a socket or a device`, word);
  }
  return { real, isDir };

  function leaveOut(kind: FileWarning["kind"], why: string, word: string): null {
    const silence = `${excludePattern(path, word)} silences this`;
    warn(selection, kind, path, `${why}; ${silence}`);
    return null;
  }
}

function isOnTheWay(dir: WalkedDir, real: string): boolean {
  for (let at: WalkedDir | null = dir; at !== null; at = at.parent) {
    if (at.real === real) return true;
  }
  return false;
}

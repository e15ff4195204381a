/**
 * One step of the walk that selects files: the entries of one directory.
 *
 * @module
 */

import { lstatSync, readdirSync, type Stats } from "node:fs";
import { badName } from "./_bad_name.ts";
import { enters } from "./_enters.ts";
import { isText } from "./_is_text.ts";
import { resolveLink } from "./_resolve_link.ts";
import { selectsFile, selectsName } from "./_rule_set.ts";
import { type Selection, type WalkedDir, warn } from "./_selection.ts";
import { excludePattern } from "./exclude_pattern.ts";
import { fileError, reasonOf } from "./file_error.ts";

/** Selects among the files of a directory, and returns the directories in it to walk next. */
export function walkDir(selection: Selection, dir: WalkedDir): WalkedDir[] {
  const dirs: WalkedDir[] = [];
  for (const entry of readEntries(selection, dir)) {
    const path = dir.path + entry.name;
    const real = `${dir.real === "/" ? "" : dir.real}/${entry.name}`;
    const bad = badName(dir, entry.name);
    if (bad !== null) {
      const isWanted = entry.isDirectory()
        ? enters(selection, path, real)
        : selectsName(selection.rules, path);
      if (isWanted) warn(selection, "bad-name", dir.path + bad.shown, bad.why);
    } else if (entry.isDirectory()) {
      if (enters(selection, path, real)) dirs.push({ path: `${path}/`, real, parent: dir });
    } else if (entry.isFile()) {
      selectFile(selection, path, real, "file");
    } else if (entry.isSymbolicLink()) {
      const target = resolveLink(selection, dir, path, real);
      if (target === null) continue;
      if (target.isDir) dirs.push({ path: `${path}/`, real: target.real, parent: dir });
      else selectFile(selection, path, target.real, "symlink");
    } else if (selectsName(selection.rules, path)) {
      const silence = `${excludePattern(path)} silences this`;
      warn(selection, "special", path, `it is a pipe, a socket or a device; ${silence}`);
    }
  }
  return dirs;
}

interface Entry {
  readonly name: string;
  isDirectory(): boolean;
  isFile(): boolean;
  isSymbolicLink(): boolean;
}

function readEntries(selection: Selection, dir: WalkedDir): Entry[] {
  try {
    const entries = readdirSync(dir.real, { withFileTypes: true });
    return entries.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  } catch (error) {
    if (dir.parent === null) throw fileError("select files in", dir.real, error);
    const path = dir.path.slice(0, -1);
    if (isGone(error)) warn(selection, "vanished", path, "it vanished meanwhile");
    else {
      const silence = `${excludePattern(path, " dir")} silences this`;
      warn(selection, "unreadable", path, `${reasonOf(error)}; ${silence}`);
    }
    return [];
  }
}

function selectFile(
  selection: Selection,
  path: string,
  source: string,
  kind: "file" | "symlink",
): void {
  let stat: Stats | undefined;
  let unreadable: unknown;
  const facts = {
    size: () => (stat ??= lstatSync(source)).size,
    isText: () => {
      try {
        return isText(path, source);
      } catch (error) {
        // No error yet: a later rule may exclude the file.
        unreadable = error;
        return true;
      }
    },
  };
  try {
    const selected = selectsFile(selection.rules, path, facts);
    if (unreadable !== undefined && selectsName(selection.rules, path)) throw unreadable;
    if (!selected) return;
    const { size, mode, mtimeMs } = stat ??= lstatSync(source);
    const { files } = selection;
    files.push({ path, source, kind, size, mode: mode & 0o7777, mtimeMs: Math.floor(mtimeMs) });
  } catch (error) {
    if (isGone(error)) return warn(selection, "vanished", path, "it vanished meanwhile");
    const why = `${reasonOf(error)}; ${excludePattern(path)} leaves it out`;
    throw fileError("read", source, error, why);
  }
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

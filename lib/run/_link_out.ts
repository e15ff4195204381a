/**
 * Links by which a phase leads out of its run.
 *
 * What we do to the files of a run is not scoped. A phase that may write its run directory alone could
 * have us write elsewhere, or read what it may not see, by a link that it leaves there.
 *
 * @module
 */

import { lstatSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { realPath } from "./_real_path.ts";

/** A link that leads out of a directory. */
export interface LinkOut {
  /** Path of the link, relative to the directory. */
  readonly link: string;
  /** What it leads to; null for nothing. */
  readonly target: string | null;
}

/**
 * Finds the first link on the way to a path that leads out of its directory, or nowhere; null if there
 * is none. The path need not exist, and what is there itself counts as well.
 *
 * @param dir The directory.
 * @param path Relative to it.
 */
export function linkOut(dir: string, path: string): LinkOut | null {
  const root = realpathSync(dir);
  const names = path.split("/");
  for (let count = 1; count <= names.length; count++) {
    const link = names.slice(0, count).join("/");
    const stat = lstatSync(join(root, link), { throwIfNoEntry: false });
    if (stat === undefined) return null;
    if (!stat.isSymbolicLink()) continue;
    const target = realPath(join(root, link));
    if (target === null || !`${target}${sep}`.startsWith(`${root}${sep}`)) return { link, target };
  }
  return null;
}

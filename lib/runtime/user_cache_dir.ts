/**
 * Where this user's programs of ours remember what is true until the machine is started again.
 *
 * @module
 * @internal
 */

import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The directory, which need not exist. */
export function userCacheDir(): string {
  return join(tmpdir(), `runlit-${process.getuid?.() ?? 0}`);
}

/**
 * Makes the directory where it is missing.
 *
 * @throws {Error} It may be anybody's: what is there is not to be believed.
 */
export function makeUserCacheDir(): string {
  const dir = userCacheDir();
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (!isPrivate(dir)) throw new Error(`'${dir}' is not a directory of ours alone`);
  return dir;
}

/** Whether a path is a directory of this user's, which nobody else may read or write. */
export function isPrivate(dir: string): boolean {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  return stat !== undefined && stat.isDirectory() && stat.uid === process.getuid?.() &&
    (stat.mode & 0o077) === 0;
}

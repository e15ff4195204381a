/**
 * Where this user's programs of ours remember what is true until the machine is started again.
 *
 * @module
 * @internal
 */

import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Where Linux keeps shared memory: each phase has its own, whatever else it sees. */
export const SHARED_MEMORY = "/dev/shm";

/** The directory, which need not exist; by default the one in the directory for temporary files. */
export function userCacheDir(parent: string = tmpdir()): string {
  // That may be relative, and bubblewrap is started elsewhere.
  return join(resolve(parent), `runlit-${process.getuid?.() ?? 0}`);
}

/** All of them: the directory for temporary files is not the same for all programs of a user. */
export function userCacheDirs(): string[] {
  return [...new Set([userCacheDir(), userCacheDir("/tmp"), userCacheDir(SHARED_MEMORY)])];
}

/**
 * Makes the directory where it is missing, but not the one that it is to be in: who names a
 * directory for temporary files that is not there is not to find one, nor root shared memory on a
 * machine without it.
 *
 * @throws {Error} It cannot be made, or may be anybody's: what is there is not to be believed.
 */
export function makeUserCacheDir(parent?: string): string {
  const dir = userCacheDir(parent);
  if (isPrivate(dir)) return dir;
  makeOnce(dir);
  if (!isPrivate(dir)) throw new Error(`'${dir}' is not a directory of ours alone`);
  return dir;
}

function makeOnce(dir: string): void {
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // Another program of this user's may have been a little earlier.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** Whether a path is a directory of this user's, which nobody else may read or write. */
export function isPrivate(dir: string): boolean {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  return stat !== undefined && stat.isDirectory() && stat.uid === process.getuid?.() &&
    (stat.mode & 0o077) === 0;
}

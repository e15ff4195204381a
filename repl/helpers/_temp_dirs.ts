/**
 * The temporary directories that helpers made.
 *
 * @module
 */

import { removeDir } from "./remove_dir.ts";

const made = new Set<string>();

/** Notes a directory, to be removed when the process ends. */
export function noteTempDir(path: string): void {
  if (made.size === 0) process.once("exit", removeTempDirs);
  made.add(path);
}

/** Was the directory made by the helpers of this process, and is it still there? */
export function isTempDir(path: string): boolean {
  return made.has(path);
}

/** Removes a directory with everything in it. */
export function removeTempDir(path: string): void {
  made.delete(path);
  removeDir(path);
}

function removeTempDirs(): void {
  for (const path of [...made]) {
    try {
      removeTempDir(path);
    } catch {
      // The process ends; there is nobody to tell, and systems clean temporary files up.
    }
  }
}

/**
 * Puts a finished folder in the place of an older one.
 *
 * @module
 */

import { renameSync, rmSync } from "node:fs";

/** Moves `next` to `target`; between two renames, there is no `target`. */
export function replaceFolder(next: string, target: string): void {
  const old = `${next}-old`;
  try {
    renameSync(target, old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  renameSync(next, target);
  rmSync(old, { recursive: true, force: true });
}

/**
 * Directories that are gone when the session is.
 *
 * @module
 */

import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made = new Set<string>();

/** Makes a temporary directory and returns its path. It is removed when this process ends. */
export function makeTempDir(prefix = "runlit-"): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  if (made.size === 0) process.on("exit", deleteAll);
  made.add(dir);
  return dir;
}

/**
 * Removes a directory that `makeTempDir()` made, with all that is in it.
 *
 * @throws {RangeError} It is another directory.
 */
export function deleteTempDir(path: string): void {
  if (!made.delete(path)) {
    throw new RangeError(`Cannot delete '${path}': it was not made by makeTempDir()`);
  }
  rmSync(path, { recursive: true, force: true });
}

function deleteAll(): void {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
}

/**
 * Removes a temporary directory.
 *
 * @module
 */

import { resolve } from "node:path";
import { isTempDir, removeTempDir } from "./_temp_dirs.ts";

/**
 * Removes a directory that `makeTempDir()` made, with everything in it.
 *
 * @throws {Error} for any other directory: what people keep is not for a helper to remove.
 */
export function deleteTempDir(path: string): void {
  const full = resolve(path);
  if (!isTempDir(full)) {
    throw new Error(
      `Cannot delete '${full}': it was not made by makeTempDir() in this session; use rmSync of node:fs`,
    );
  }
  removeTempDir(full);
}

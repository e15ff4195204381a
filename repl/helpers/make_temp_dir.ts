/**
 * Makes a temporary directory.
 *
 * @module
 */

import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noteTempDir } from "./_temp_dirs.ts";

/**
 * Makes an empty temporary directory, and returns its real path: no link on the way to it, so that
 * paths which programs print can be compared with it. It is removed when the session ends.
 *
 * @param prefix What its name begins with.
 *
 * @example A directory of one's own
 * ```ts
 * import assert from "node:assert/strict";
 * import { deleteTempDir, makeTempDir, pathExists } from "runlit/helpers";
 *
 * const dir = makeTempDir();
 * assert(pathExists(dir));
 * deleteTempDir(dir);
 * assert(!pathExists(dir));
 * ```
 */
export function makeTempDir(prefix = "runlit-"): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  noteTempDir(path);
  return path;
}

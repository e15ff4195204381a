/**
 * Makes a file read-only.
 *
 * @module
 */

import { chmodSync, lstatSync } from "node:fs";
import { fileError } from "./file_error.ts";

/**
 * Drops a file's write bits, and keeps its read and execute bits: a script stays a script.
 *
 * Set-user-ID, set-group-ID and sticky bits go too. Only regular files change: a symbolic link is
 * left alone, since changing its mode would change a file that may be anywhere.
 *
 * @example A script can still be executed
 * ```ts
 * import { makeReadOnly } from "runlit/make-read-only";
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/run.sh`, "#!/bin/sh\n", { mode: 0o700 });
 * await makeReadOnly(`${dir}/run.sh`);
 * assert.equal(statSync(`${dir}/run.sh`).mode & 0o777, 0o500);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function makeReadOnly(path: string): Promise<void> {
  try {
    const stat = lstatSync(path);
    if (!stat.isFile()) return;
    const mode = stat.mode & 0o7777;
    if ((mode & 0o555) !== mode) chmodSync(path, mode & 0o555);
  } catch (error) {
    throw fileError("make read-only", path, error);
  }
}

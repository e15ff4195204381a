/**
 * Copies one regular file.
 *
 * @module
 */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { CopiedFile, CopyFileOptions } from "./_copied_file.ts";
import { copyContents } from "./_copy_contents.ts";
import { fileError } from "./file_error.ts";

export type { CopiedFile, CopyFileOptions };

/**
 * Copies a regular file's contents and permission bits, and makes the directories it needs.
 *
 * Set-user-ID, set-group-ID and sticky bits are dropped. What is at `target` is replaced, never
 * written to: a link or a second name there would lead elsewhere. Links, pipes and devices are
 * refused as a source. A source that changes meanwhile is copied once more, then given up.
 * Throws a `FileError` and leaves no partial copy.
 *
 * @example Copy and hash in one pass
 * ```ts
 * import { copyFile } from "runlit/copy-file";
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/a`, "abc");
 * const { size, sha256 } = await copyFile(`${dir}/a`, `${dir}/deep/b`, { hash: true });
 * assert.equal(size, 3);
 * assert.match(sha256!, /^ba7816bf8f01cfea/);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function copyFile(
  source: string,
  target: string,
  options: CopyFileOptions = {},
): Promise<CopiedFile> {
  try {
    mkdirSync(dirname(target), { recursive: true });
  } catch (error) {
    throw fileError("make directory", dirname(target), error);
  }
  return copyContents(source, target, options);
}

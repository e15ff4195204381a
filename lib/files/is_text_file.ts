/**
 * Whether a file holds text.
 *
 * @module
 */

import { lstatSync } from "node:fs";
import { isText } from "./_is_text.ts";
import { fileError } from "./file_error.ts";

/**
 * Tells whether a file is text: by its extension where that is telling, or else by its first 1024
 * bytes. An empty file is text; what is no regular file (a link, a pipe) is not.
 *
 * @example Tell text from binary
 * ```ts
 * import { isTextFile } from "runlit/is-text-file";
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/Makefile`, "all:\n\ttrue\n");
 * writeFileSync(`${dir}/weights`, new Uint8Array([0, 1, 2]));
 * assert.equal(await isTextFile(`${dir}/Makefile`), true);
 * assert.equal(await isTextFile(`${dir}/weights`), false);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function isTextFile(path: string): Promise<boolean> {
  try {
    return lstatSync(path).isFile() && isText(path, path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

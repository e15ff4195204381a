/**
 * The SHA-256 digest of data in memory.
 *
 * @module
 */

import { hash } from "node:crypto";

/**
 * Returns the SHA-256 digest of bytes, or of text as UTF-8, in hex. For a file, see `hashFile`.
 *
 * @example Digest of some text
 * ```ts
 * import { sha256 } from "runlit/sha256";
 * import assert from "node:assert/strict";
 *
 * assert.match(sha256("abc"), /^ba7816bf8f01cfea/);
 * ```
 */
export function sha256(data: string | Uint8Array): string {
  return hash("sha256", data);
}

/**
 * The SHA-256 digest of a file.
 *
 * @module
 */

import { createHash, hash } from "node:crypto";
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { fileError } from "./file_error.ts";

/** Reads are this large: as fast as any size, and memory stays flat. */
const CHUNK = 1 << 20;

let buffer: Uint8Array | undefined;

/**
 * Returns the SHA-256 digest of a regular file's bytes, in hex.
 *
 * Anything but a regular file is refused: a symbolic link may lead anywhere, and reading a pipe or
 * a device may never end.
 *
 * @example Hash a file
 * ```ts
 * import { hashFile } from "runlit/hash-file";
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/empty`, "");
 * assert.match(await hashFile(`${dir}/empty`), /^e3b0c44298fc1c14/);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function hashFile(path: string): Promise<string> {
  try {
    if (!lstatSync(path).isFile()) throw new Error("it is not a regular file");
    // The last two flags hold if the file is replaced by a link or a pipe right now.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      if (!fstatSync(fd).isFile()) throw new Error("it is not a regular file");
      return hashOpenFile(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw fileError("hash", path, error);
  }
}

// Nothing waits between two reads, so that one buffer serves every call.
function hashOpenFile(fd: number): string {
  buffer ??= new Uint8Array(CHUNK);
  let size = readSync(fd, buffer, 0, CHUNK, null);
  if (size < CHUNK) {
    const next = size === 0 ? 0 : readSync(fd, buffer, size, CHUNK - size, null);
    if (next === 0) return hash("sha256", buffer.subarray(0, size));
    size += next;
  }
  const digest = createHash("sha256");
  while (size > 0) {
    digest.update(buffer.subarray(0, size));
    size = readSync(fd, buffer, 0, CHUNK, null);
  }
  return digest.digest("hex");
}

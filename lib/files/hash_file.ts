/**
 * The SHA-256 digest of a file.
 *
 * @module
 */

import { createHash, hash } from "node:crypto";
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { fileError } from "./file_error.ts";

/** Reads are this large: as fast as any size, and memory stays flat. */
const CHUNK = 1 << 20;

/** Files larger than this are read with pauses, in which signals and timers come through. */
const SLICE = 64 << 20;

let buffer: Uint8Array | undefined;

/** Options of {@linkcode hashFile}. */
export interface HashFileOptions {
  /** Ends the reading of a large file; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Is told how many bytes of a large file are read. */
  readonly onProgress?: (bytes: number) => void;
}

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
export async function hashFile(path: string, options: HashFileOptions = {}): Promise<string> {
  try {
    if (!lstatSync(path).isFile()) throw new Error("it is not a regular file");
    // The last two flags hold if the file is replaced by a link or a pipe right now.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile()) throw new Error("it is not a regular file");
      return stat.size > SLICE ? await hashLargeFile(fd, options) : hashOpenFile(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
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

// Others hash meanwhile: the buffer is its own.
async function hashLargeFile(fd: number, { signal, onProgress }: HashFileOptions): Promise<string> {
  const own = new Uint8Array(CHUNK);
  const digest = createHash("sha256");
  let done = 0;
  for (let size; (size = readSync(fd, own, 0, CHUNK, null)) > 0;) {
    digest.update(own.subarray(0, size));
    const slice = Math.floor(done / SLICE);
    done += size;
    if (Math.floor(done / SLICE) === slice) continue;
    onProgress?.(done);
    await setImmediate();
    signal?.throwIfAborted();
  }
  return digest.digest("hex");
}

/**
 * Copies a file that is larger than the buffer.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { ftruncateSync, read, write } from "node:fs";
import { promisify } from "node:util";
import type { CopiedFile, CopyFileOptions } from "./_copied_file.ts";
import { fileError } from "./file_error.ts";

/** A copy on its way. */
export interface LargeCopy {
  readonly source: string;
  readonly target: string;
  /** File descriptors. */
  readonly from: number;
  readonly to: number;
  /** Bytes of the source; what it grows by is not read. */
  readonly size: number;
}

const readAsync = promisify(read);
const writeAsync = promisify(write);

/**
 * Copies on from the first chunk, which has been read and fills its buffer.
 *
 * While a chunk is hashed here, other threads write it and read the next one.
 */
export async function copyLarge(
  copy: LargeCopy,
  first: Uint8Array,
  options: CopyFileOptions,
): Promise<CopiedFile> {
  const digest = options.hash ? createHash("sha256") : null;
  const zeros = new Uint8Array(first.length);
  let current = first;
  let next: Uint8Array = new Uint8Array(first.length);
  let size = 0;
  let written = 0;
  for (let count = first.length; count > 0;) {
    const data = current.subarray(0, count);
    // Chunks of zeros become holes again: a sparse file may be larger than the disk.
    const isHole = Buffer.compare(data, zeros.subarray(0, count)) === 0;
    const writing = isHole ? null : writeFully(copy.to, data, size);
    const reading = readAhead(copy.from, next, copy.size - size - count);
    digest?.update(data);
    size += count;
    if (!isHole) written = size;
    // Both have to be over before an error closes the files.
    const [wrote, ahead] = await Promise.allSettled([writing, reading]);
    if (wrote.status === "rejected") throw fileError("write", copy.target, wrote.reason);
    if (ahead.status === "rejected") throw fileError("copy", copy.source, ahead.reason);
    options.onProgress?.(size);
    count = ahead.value;
    [current, next] = [next, current];
  }
  if (written < size) extend(copy, size);
  return digest === null ? { size } : { size, sha256: digest.digest("hex") };
}

/** Reads so many bytes, at most a buffer full, or fewer if the file ends. */
async function readAhead(fd: number, buffer: Uint8Array, length: number): Promise<number> {
  const wanted = Math.min(length, buffer.length);
  let size = 0;
  while (size < wanted) {
    const { bytesRead } = await readAsync(fd, buffer, size, wanted - size, null);
    if (bytesRead === 0) break;
    size += bytesRead;
  }
  return size;
}

async function writeFully(fd: number, data: Uint8Array, position: number): Promise<void> {
  let size = 0;
  while (size < data.length) {
    const { bytesWritten } = await writeAsync(fd, data, size, data.length - size, position + size);
    size += bytesWritten;
  }
}

function extend(copy: LargeCopy, size: number): void {
  try {
    ftruncateSync(copy.to, size);
  } catch (error) {
    throw fileError("write", copy.target, error);
  }
}

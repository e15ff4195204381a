/**
 * Copies a file's bytes and mode, and hashes them on the way.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash, hash } from "node:crypto";
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
  unlinkSync,
  writeSync,
} from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { CopiedFile, CopyFileOptions } from "./copy_file.ts";
import { FileError, fileError } from "./file_error.ts";

/** Reads are this large: as fast as any size, and memory stays flat. */
const CHUNK = 1 << 20;

const ZEROS = new Uint8Array(CHUNK);

/** Lent to one copy at a time, so that small files do not allocate. */
let spare: Uint8Array | undefined;

const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_WRONLY } = constants;

/** Does the work of `copyFile`, in a directory that exists. */
export async function copyContents(
  source: string,
  target: string,
  options: CopyFileOptions,
): Promise<CopiedFile> {
  const buffer = spare ?? new Uint8Array(CHUNK);
  spare = undefined;
  try {
    for (let trial = 1; trial <= 2; trial++) {
      const copied = await tryCopy(source, target, buffer, options);
      if (copied !== null) return copied;
    }
  } finally {
    spare = buffer;
  }
  throw new FileError("copy", source, "it changes while it is copied; stop what writes to it");
}

/** Copies once; null if the source changed meanwhile, and then there is no copy. */
async function tryCopy(
  source: string,
  target: string,
  buffer: Uint8Array,
  options: CopyFileOptions,
): Promise<CopiedFile | null> {
  const from = attempt("copy", source, () => openSource(source));
  let to: number | undefined;
  let copied: CopiedFile | null = null;
  try {
    const { before, fd } = from;
    // Small files are read before anything is created: nothing to undo if that fails.
    const head = attempt("copy", source, () => readFully(fd, buffer, before.size));
    to = attempt("write", target, () => createTarget(target, before.mode & 0o777));
    copied = before.size <= CHUNK
      ? copySmall(to, target, buffer.subarray(0, head), options)
      : await copyLarge(fd, to, source, target, before.size, buffer, options);
    const after = fstatSync(fd);
    if (copied.size !== before.size || !isSame(before, after)) copied = null;
    return copied;
  } finally {
    closeSync(from.fd);
    if (to !== undefined) {
      closeSync(to);
      if (copied === null) unlinkSync(target);
    }
  }
}

function openSource(source: string): { fd: number; before: Stats } {
  const before = lstatSync(source);
  if (!before.isFile()) throw new Error("it is not a regular file");
  // The last two flags hold if it is replaced by a link or a pipe right now.
  return { fd: openSync(source, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), before };
}

function isSame(before: Stats, after: Stats): boolean {
  return before.ino === after.ino && before.dev === after.dev && before.size === after.size &&
    before.mtimeMs === after.mtimeMs;
}

/** Creates the target anew, so that nothing is written through what has the name now. */
function createTarget(target: string, mode: number): number {
  const flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
  let fd: number;
  try {
    fd = openSync(target, flags, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // Deno's unlink removes empty directories, too.
    if (lstatSync(target).isDirectory()) throw new Error("it is a directory", { cause: error });
    unlinkSync(target);
    fd = openSync(target, flags, mode);
  }
  // The umask may have taken bits away.
  fchmodSync(fd, mode);
  return fd;
}

function copySmall(
  to: number,
  target: string,
  data: Uint8Array,
  options: CopyFileOptions,
): CopiedFile {
  attempt("write", target, () => writeFully(to, data, 0));
  if (!options.hash) return { size: data.length };
  return { size: data.length, sha256: hash("sha256", data) };
}

/** Copies on from the first chunk, which is in the buffer. Never reads beyond `end`. */
async function copyLarge(
  from: number,
  to: number,
  source: string,
  target: string,
  end: number,
  buffer: Uint8Array,
  options: CopyFileOptions,
): Promise<CopiedFile> {
  const digest = options.hash ? createHash("sha256") : null;
  let rested = performance.now();
  let size = 0;
  let written = 0;
  for (let count = CHUNK; count > 0;) {
    const data = buffer.subarray(0, count);
    digest?.update(data);
    // Chunks of zeros become holes again: a sparse file may be larger than the disk.
    if (Buffer.compare(data, ZEROS.subarray(0, count)) !== 0) {
      const at = size;
      attempt("write", target, () => writeFully(to, data, at));
      written = size + count;
    }
    size += count;
    options.onProgress?.(size);
    if (performance.now() - rested > 50) {
      // Lets signals and timers through.
      await setImmediate();
      rested = performance.now();
    }
    count = attempt("copy", source, () => readFully(from, buffer, end - size));
  }
  if (written < size) attempt("write", target, () => ftruncateSync(to, size));
  return digest === null ? { size } : { size, sha256: digest.digest("hex") };
}

/** Reads so many bytes, at most a buffer full, or fewer if the file ends. */
function readFully(fd: number, buffer: Uint8Array, length: number): number {
  const wanted = Math.min(length, buffer.length);
  let size = 0;
  while (size < wanted) {
    const count = readSync(fd, buffer, size, wanted - size, null);
    if (count === 0) break;
    size += count;
  }
  return size;
}

function writeFully(fd: number, data: Uint8Array, position: number): void {
  let size = 0;
  while (size < data.length) {
    size += writeSync(fd, data, size, data.length - size, position + size);
  }
}

function attempt<Result>(action: string, path: string, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    throw fileError(action, path, error);
  }
}

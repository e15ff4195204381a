/**
 * Copies a file's bytes and mode, and hashes them on the way.
 *
 * @module
 */

import { hash } from "node:crypto";
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
  unlinkSync,
  writeSync,
} from "node:fs";
import { copyLarge } from "./_copy_large.ts";
import type { CopiedFile, CopyFileOptions } from "./_copied_file.ts";
import { FileError, fileError } from "./file_error.ts";

/** Reads are this large: as fast as any size, and memory stays flat. */
const CHUNK = 1 << 20;

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
  const { before, from } = attempt("copy", source, () => openSource(source));
  const { size } = before;
  let to: number | undefined;
  let copied: CopiedFile | null = null;
  try {
    // Read before anything is created: nothing to undo if that fails.
    const head = attempt("copy", source, () => readHead(from, buffer, size));
    const fd = to = attempt("write", target, () => createTarget(target, before.mode & 0o777));
    if (size > buffer.length) {
      copied = await copyLarge({ source, target, from, to, size }, buffer, options);
    } else {
      attempt("write", target, () => writeFully(fd, head));
      copied = { size: head.length, ...options.hash ? { sha256: hash("sha256", head) } : {} };
    }
    if (copied.size !== size || !isSame(before, fstatSync(from))) copied = null;
    return copied;
  } finally {
    closeSync(from);
    if (to !== undefined) {
      closeSync(to);
      if (copied === null) unlinkSync(target);
    }
  }
}

function openSource(source: string): { before: Stats; from: number } {
  const before = lstatSync(source);
  if (!before.isFile()) throw new Error("it is not a regular file");
  // The last two flags hold if it is replaced by a link or a pipe right now.
  return { before, from: openSync(source, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) };
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
  // The umask may have taken bits away. A look is cheap; a change costs as much as the file did.
  if ((fstatSync(fd).mode & 0o7777) !== mode) fchmodSync(fd, mode);
  return fd;
}

/** Reads a file's first bytes: a buffer full, or all of it. */
function readHead(fd: number, buffer: Uint8Array, fileSize: number): Uint8Array {
  const wanted = Math.min(fileSize, buffer.length);
  let size = 0;
  while (size < wanted) {
    const count = readSync(fd, buffer, size, wanted - size, null);
    if (count === 0) break;
    size += count;
  }
  return buffer.subarray(0, size);
}

function writeFully(fd: number, data: Uint8Array): void {
  let size = 0;
  while (size < data.length) size += writeSync(fd, data, size);
}

function attempt<Result>(action: string, path: string, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    throw fileError(action, path, error);
  }
}

/**
 * The tail of a zip file, which holds its central directory and, in sealed meta, all that a listing
 * asks for.
 *
 * @module
 */

import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { reasonOf } from "../../files/file_error.ts";
import { ZipError } from "./zip_error.ts";

/** An open zip file of which the last bytes are in memory. */
export interface Tail {
  readonly path: string;
  readonly fd: number;
  /** Size of the file. */
  readonly size: number;
  /** The last bytes, and after `length` of them what was there before. */
  readonly buffer: Buffer;
  readonly length: number;
  /** Where in the file the buffer begins. */
  readonly start: number;
}

/**
 * Opens a zip file, reads as much of its end as the buffer holds, and calls a function with that.
 * The file is closed when the function returns.
 */
export function withTail<T>(path: string, buffer: Buffer, use: (tail: Tail) => T): T {
  let fd: number | undefined;
  try {
    // A pipe would be waited for.
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const length = readSync(fd, buffer, 0, buffer.length, 0);
    if (length < buffer.length) {
      // Fewer bytes than asked for are all there are. Asking for the size would cost Deno more than
      // the read.
      if (length === 0) throw new ZipError(path, "it is empty");
      try {
        return use({ path, fd, size: length, buffer, length, start: 0 });
      } catch (error) {
        if (fstatSync(fd).size === length) throw error;
      }
    }
    const { size } = fstatSync(fd);
    const start = Math.max(0, size - buffer.length);
    const part = buffer.subarray(0, size - start);
    readFully(path, fd, part, start);
    return use({ path, fd, size, buffer, length: part.length, start });
  } catch (cause) {
    if (cause instanceof ZipError) throw cause;
    const { code = "" } = cause as NodeJS.ErrnoException;
    throw new ZipError(path, /^E[A-Z]+$/.test(code) ? reasonOf(cause) : "it is damaged", { cause });
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Bytes of the file: from memory if they are there. */
export function bytesAt(tail: Tail, position: number, length: number): Buffer {
  if (position < 0 || length < 0 || position + length > tail.size) {
    throw new ZipError(tail.path, "it is damaged: it refers to bytes beyond its end");
  }
  if (position >= tail.start) {
    return tail.buffer.subarray(position - tail.start, position - tail.start + length);
  }
  const bytes = Buffer.allocUnsafe(length);
  readFully(tail.path, tail.fd, bytes, position);
  return bytes;
}

/** Fills a buffer from a file. */
export function readFully(path: string, fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const length = readSync(fd, bytes, done, bytes.length - done, position + done);
    if (length === 0) throw new ZipError(path, "it got shorter while it was read");
    done += length;
  }
}

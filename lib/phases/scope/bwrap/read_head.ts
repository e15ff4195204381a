/**
 * The beginning of a file.
 *
 * @module
 * @internal
 */

import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** Reads at most `length` bytes of a regular file as Latin-1; empty if it cannot be read. */
export function readHead(file: string, length: number): string {
  try {
    const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (!fstatSync(fd).isFile()) return "";
      const bytes = new Uint8Array(length);
      return Buffer.from(bytes.buffer, 0, readSync(fd, bytes, 0, length, 0)).toString("latin1");
    } finally {
      closeSync(fd);
    }
  } catch {
    return "";
  }
}

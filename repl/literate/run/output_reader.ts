/**
 * Reads what this process and its children have printed.
 *
 * @module
 */

import { openSync, readSync } from "node:fs";

/** Reads the file that descriptors 1 and 2 append to. */
export interface OutputReader {
  /** What has been printed since the last call, as text; bytes that are not UTF-8 become U+FFFD. */
  read(): string;
}

/** Output of one example that is kept: what is more is cut, with a note. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Opens the file that this process prints to. */
export function openOutput(path: string): OutputReader {
  const fd = openSync(path, "r");
  const buffer = Buffer.allocUnsafe(64 * 1024);
  let at = 0;
  return {
    read() {
      let length = readSync(fd, buffer, 0, buffer.length, at);
      if (length === 0) return "";
      at += length;
      if (length < buffer.length) return buffer.toString("utf8", 0, length);
      const chunks = [Buffer.from(buffer)];
      let total = length;
      while ((length = readSync(fd, buffer, 0, buffer.length, at)) > 0) {
        at += length;
        total += length;
        if (total <= MOST_BYTES) chunks.push(Buffer.from(buffer.subarray(0, length)));
      }
      const text = Buffer.concat(chunks).toString("utf8");
      return total <= MOST_BYTES ? text : `${text}\n[cut: the output has ${total} bytes]\n`;
    },
  };
}

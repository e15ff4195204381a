/**
 * What a chunk of output holds. Called for every byte that a command prints, and so in two ways:
 * lines of more than some 30 bytes are found fastest as V8 finds characters in a string, shorter
 * ones by looking at four bytes at a time.
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** Bytes from which the length of the lines is guessed. */
const SAMPLE = 1024;

/** What there is in a chunk. */
export interface ChunkScan {
  /** How many `\n`. */
  readonly newlines: number;
  /** Whether there is a `\r`. */
  readonly hasReturn: boolean;
}

/** Counts the `\n` of a chunk and looks for a `\r`. */
export function scanChunk(chunk: Uint8Array): ChunkScan {
  const head = scanWords(chunk.subarray(0, SAMPLE));
  if (chunk.length <= SAMPLE) return head;
  const rest = chunk.subarray(SAMPLE);
  const { newlines, hasReturn } = head.newlines > SAMPLE / 32 ? scanWords(rest) : scanText(rest);
  return { newlines: head.newlines + newlines, hasReturn: head.hasReturn || hasReturn };
}

function scanText(chunk: Uint8Array): ChunkScan {
  const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString("latin1");
  let newlines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) newlines++;
  return { newlines, hasReturn: text.includes("\r") };
}

function scanWords(chunk: Uint8Array): ChunkScan {
  let newlines = 0;
  let returns = 0;
  let start = 0;
  const single = (byte: number) => {
    if (byte === 10) newlines++;
    else if (byte === 13) returns = -1;
  };
  while (start < chunk.length && ((chunk.byteOffset + start) & 3) !== 0) single(chunk[start++]);
  const count = (chunk.length - start) >>> 2;
  // A short chunk can end before the first whole word.
  const words = new Int32Array(chunk.buffer, count === 0 ? 0 : chunk.byteOffset + start, count);
  for (let i = 0; i < count;) {
    // Four counters in one word, one for each byte of it: they hold 255 at most.
    const stop = Math.min(count, i + 255);
    let counters = 0;
    for (; i < stop; i++) {
      const word = words[i];
      const lf = word ^ 0x0a0a0a0a;
      // Exact: a bit for each byte that is zero, and only for these.
      counters = (counters + (~((((lf & 0x7f7f7f7f) + 0x7f7f7f7f) | lf) | 0x7f7f7f7f) >>> 7)) | 0;
      const cr = word ^ 0x0d0d0d0d;
      // Right about whether any byte is zero, not about which: that is all that is asked.
      returns |= (cr - 0x01010101) & ~cr;
    }
    newlines += (counters & 255) + ((counters >>> 8) & 255) + ((counters >>> 16) & 255) +
      (counters >>> 24);
  }
  for (let i = start + (count << 2); i < chunk.length; i++) single(chunk[i]);
  return { newlines, hasReturn: (returns & 0x80808080) !== 0 };
}

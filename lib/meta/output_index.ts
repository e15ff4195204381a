/**
 * When each line of a run's output was written, and to which stream.
 *
 * Format: 9 bytes per line of the output, `<output>.index` beside it: milliseconds since the epoch
 * (64 bits, big-endian) and the stream (0 output, 1 errors).
 *
 * @module
 */

/** A line of output. */
export interface OutputLine {
  /** Milliseconds since the epoch, or null when the index does not say. */
  readonly timestamp: number | null;
  /** Where the command wrote it. */
  readonly stream: "out" | "err";
  /** The line without its line feed; bytes that are not UTF-8 become U+FFFD. */
  readonly text: string;
}

/** Bytes per line. */
export const OUTPUT_INDEX_RECORD = 9;

/** Encodes the record of one line. */
export function encodeOutputIndexRecord(timestamp: number, stream: "out" | "err"): Uint8Array {
  const record = new Uint8Array(OUTPUT_INDEX_RECORD);
  const view = new DataView(record.buffer);
  view.setUint32(0, Math.floor(timestamp / 2 ** 32));
  view.setUint32(4, timestamp % 2 ** 32);
  record[8] = stream === "err" ? 1 : 0;
  return record;
}

/**
 * Pairs the lines of an output with their index.
 *
 * Lines are what line feeds separate. An index that is shorter than the output (its writer was
 * killed) leaves the lines that are left without a time; what is longer is ignored.
 *
 * @example Lines with their time
 * ```ts
 * import assert from "node:assert/strict";
 * import { encodeOutputIndexRecord, outputLines } from "runlit/output-index";
 *
 * const output = new TextEncoder().encode("hi\nthere");
 * assert.deepEqual(outputLines(output, encodeOutputIndexRecord(1700000000000, "err")), [
 *   { timestamp: 1700000000000, stream: "err", text: "hi" },
 *   { timestamp: null, stream: "out", text: "there" },
 * ]);
 * ```
 */
export function outputLines(output: Uint8Array, index: Uint8Array): OutputLine[] {
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const lines: OutputLine[] = [];
  for (let start = 0, at = 0; start < output.length; at += OUTPUT_INDEX_RECORD) {
    const found = output.indexOf(10, start);
    const end = found === -1 ? output.length : found;
    const known = at + OUTPUT_INDEX_RECORD <= index.length;
    lines.push({
      timestamp: known ? view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4) : null,
      stream: known && index[at + 8] === 1 ? "err" : "out",
      text: decoder.decode(output.subarray(start, end)),
    });
    start = end + 1;
  }
  return lines;
}

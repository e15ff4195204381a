/**
 * The index of an output file: one record of nine bytes for each line, a big-endian count of
 * milliseconds since 1970 and a byte for the stream (Gage's format).
 *
 * @module
 */

import type { LatchingFile } from "./_latching_file.ts";

const RECORD = 9;
const BLOCK = 8192;

/** Writes index records. */
export class IndexWriter {
  readonly #file: LatchingFile;
  readonly #block: Uint8Array = new Uint8Array(BLOCK * RECORD);
  readonly #view: DataView = new DataView(this.#block.buffer);
  #time = -1;
  #stream = -1;
  /** How many records at the start of the block are those of `#time` and `#stream`. */
  #filled = 0;
  #length = 0;

  constructor(file: LatchingFile) {
    this.#file = file;
  }

  /** Appends `count` equal records: all lines of a chunk arrived at the same time. */
  append(count: number, time: number, stream: number): void {
    if (time !== this.#time || stream !== this.#stream) {
      this.#view.setBigUint64(0, BigInt(time));
      this.#block[RECORD - 1] = stream;
      this.#time = time;
      this.#stream = stream;
      this.#filled = 1;
    }
    for (let left = count; left > 0;) {
      const records = Math.min(left, BLOCK);
      while (this.#filled < records) {
        const more = Math.min(this.#filled, BLOCK - this.#filled);
        this.#block.copyWithin(this.#filled * RECORD, 0, more * RECORD);
        this.#filled += more;
      }
      this.#file.write(this.#block.subarray(0, records * RECORD), this.#length);
      this.#length += records * RECORD;
      left -= records;
    }
  }
}

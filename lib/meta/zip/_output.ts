/**
 * Writes a file in large pieces.
 *
 * @module
 */

import { readSync, writeSync } from "node:fs";

/** So much is read and written at a time. */
export const CHUNK: number = 1 << 20;

/** Made once: one zip is written at a time, and a new one each would keep the collector busy. */
let sharedBuffer: Buffer | undefined;

/** Collects small writes into large ones; what was written can be patched. */
export class Output {
  readonly #fd: number;
  readonly #buffer: Buffer = (sharedBuffer ??= Buffer.allocUnsafeSlow(CHUNK));
  /** Bytes in the buffer, and bytes in the file before them. */
  #used = 0;
  #flushed = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  get position(): number {
    return this.#flushed + this.#used;
  }

  write(data: Uint8Array): void {
    for (let done = 0; done < data.length;) {
      if (this.#used === CHUNK) this.flush();
      const part = data.subarray(done, done + CHUNK - this.#used);
      this.#buffer.set(part, this.#used);
      this.#used += part.length;
      done += part.length;
    }
  }

  /**
   * Reads from a file straight into the buffer, at most `most` bytes; returns how many, 0 at its
   * end.
   */
  read(fd: number, most: number): number {
    if (this.#used === CHUNK) this.flush();
    const length = readSync(fd, this.#buffer, this.#used, Math.min(most, CHUNK - this.#used), null);
    this.#used += length;
    return length;
  }

  lastRead(length: number): Uint8Array {
    return this.#buffer.subarray(this.#used - length, this.#used);
  }

  patch(position: number, data: Uint8Array): void {
    if (position >= this.#flushed) {
      this.#buffer.set(data, position - this.#flushed);
    } else {
      this.flush();
      writeAll(this.#fd, data, position);
    }
  }

  flush(): void {
    writeAll(this.#fd, this.#buffer.subarray(0, this.#used), this.#flushed);
    this.#flushed += this.#used;
    this.#used = 0;
  }
}

function writeAll(fd: number, data: Uint8Array, position: number): void {
  for (let done = 0; done < data.length;) {
    done += writeSync(fd, data, done, data.length - done, position + done);
  }
}

/**
 * A file whose first error stays: what is written after it is dropped.
 *
 * @module
 */

import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";

/** A file that is written at given positions, and never throws once it is open. */
export class LatchingFile {
  readonly path: string;
  readonly #fd: number;
  #error: Error | null = null;

  /** Creates or empties the file. Throws if that cannot be done. */
  constructor(path: string) {
    this.path = path;
    try {
      this.#fd = openSync(path, "w");
    } catch (error) {
      throw new Error(`Cannot write output to '${path}': ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  /** What went wrong first, or null. */
  get error(): Error | null {
    return this.#error;
  }

  /** Writes all of `data` at an offset. */
  write(data: Uint8Array, position: number): void {
    this.#attempt(() => {
      for (let done = 0; done < data.length;) {
        done += writeSync(this.#fd, data, done, data.length - done, position + done);
      }
    });
  }

  /** Cuts the file off. */
  truncate(length: number): void {
    this.#attempt(() => ftruncateSync(this.#fd, length));
  }

  close(): void {
    try {
      closeSync(this.#fd);
    } catch (error) {
      // Network file systems report some write errors only here.
      this.#error ??= error as Error;
    }
  }

  #attempt(action: () => void): void {
    if (this.#error !== null) return;
    try {
      action();
    } catch (error) {
      this.#error = error as Error;
    }
  }
}

/**
 * Prints text at once.
 *
 * @module
 */

import { writeSync } from "node:fs";

/**
 * Writes text to standard output before it returns, so that what helpers print and what the
 * commands that they start print is in order on both runtimes.
 */
export function printText(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // A pipe that is full, and set not to wait: its reader has to catch up.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

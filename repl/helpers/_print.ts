import { writeSync } from "node:fs";

/**
 * Prints text to descriptor 1 at once, so that it stays in order with what child processes print.
 */
export function printText(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // A pipe whose reader is slow: there is room again soon.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** Prints lines; `<empty>` when there are none. */
export function printLines(lines: readonly string[]): void {
  printText(lines.length === 0 ? "<empty>\n" : lines.map((line) => `${line}\n`).join(""));
}

/**
 * The variables that a process was started with.
 *
 * @module
 * @internal
 */

import { readFileSync } from "node:fs";

/** Of proc_pid_stat(5), counted from the state: size of the memory, the environment's place in it. */
const FIELDS = [20, 47, 48] as const;

/**
 * Reads the environment of a process as its program was given it, with a NUL byte after each
 * variable: empty if it has none, is gone, or is somebody else's, and without `/proc`. Null while
 * the process gets another program: at that moment it has none, or half of one, but will have.
 */
export function processEnvironment(pid: number): Uint8Array | null {
  try {
    for (let looks = 1;; looks++) {
      const bytes = readFileSync(`/proc/${pid}/environ`);
      if (bytes.at(-1) === 0) return bytes;
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const [memory, start, end] = FIELDS.map((field) => Number(fields[field]));
      // A thread of the kernel, or what is about to end.
      if (memory === 0) return bytes;
      if (start === 0 || bytes.length !== end - start) return null;
      // Within `execve()` both are the same for a moment; for good if it was started with none.
      if (bytes.length > 0 || looks === 2) return bytes;
    }
  } catch {
    return new Uint8Array();
  }
}

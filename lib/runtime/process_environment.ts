/**
 * The variables that a process was started with.
 *
 * @module
 * @internal
 */

import { readFileSync } from "node:fs";

/** Of proc_pid_stat(5), counted from the state: sizes and places in the process's memory. */
const MEMORY = 20;
const CODE_START = 23;
const ENVIRONMENT_START = 47;
const ENVIRONMENT_END = 48;

/**
 * Reads the environment of a process as its program was given it, with a NUL byte after each
 * variable: empty if it has none, is gone, or is somebody else's, and without `/proc`. Null while
 * the process gets another program: at that moment it has none, or half of one, but will have.
 */
export function processEnvironment(pid: number): Uint8Array | null {
  try {
    const bytes = readFileSync(`/proc/${pid}/environ`);
    if (bytes.at(-1) === 0) return bytes;
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A thread of the kernel, or what is about to end.
    if (Number(fields[MEMORY]) === 0) return bytes;
    // Within `execve()` the place of the code is the last to be known.
    if (Number(fields[CODE_START]) === 0) return null;
    const size = Number(fields[ENVIRONMENT_END]) - Number(fields[ENVIRONMENT_START]);
    return bytes.length === size ? bytes : null;
  } catch {
    return new Uint8Array();
  }
}

/**
 * Real pipes on Node.
 *
 * Node gives a child process sockets where it says `"pipe"`. A socket cannot be opened by name, so
 * that `echo oops > /dev/stderr` and `tee /dev/stderr` fail in the child. A FIFO whose name is
 * removed at once is a pipe like any other.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Both ends of a pipe, as descriptors that no child process inherits by itself. */
export interface Pipe {
  /** Does not block. */
  readonly readFd: number;
  readonly writeFd: number;
  /**
   * Says that both descriptors are closed. With `ended`, that the end of the file was read: nobody
   * can write, and nothing is in the pipe, so that it can be used again.
   */
  release(ended: boolean): void;
}

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;

/** Reading ends of pipes that nobody uses: where they can be opened again, pipes need no names. */
const spare: number[] = [];
const made: Pipe[] = [];
let calls = 0;

/**
 * Takes two pipes, or null where there are none: no `mkfifo`, no temporary directory. `mkfifo` costs
 * a process of 2 ms: a program that runs many commands uses its pipes again, or makes many at once.
 */
export function makePipes(): [Pipe, Pipe] | null {
  if (process.platform === "win32") return null;
  if (spare.length >= 2) return [reopen(spare.pop()!), reopen(spare.pop()!)];
  if (made.length < 2) createPipes(calls++ === 0 || existsSync("/proc/self/fd") ? 2 : 16);
  return made.length < 2 ? null : [made.pop()!, made.pop()!];
}

function createPipes(count: number): void {
  let dir: string | undefined;
  try {
    dir = mkdtempSync(join(tmpdir(), "runlit-pipes-"));
    const paths = Array.from({ length: count }, (_, i) => join(dir!, String(i)));
    spawnSync("mkfifo", ["-m", "600", ...paths], { stdio: "ignore" });
    for (const path of paths) {
      const readFd = openSync(path, O_RDONLY | O_NONBLOCK);
      made.push(withSpare(readFd, openSync(path, O_WRONLY)));
    }
  } catch {
    // The caller falls back to what the runtime offers.
  } finally {
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  }
}

/** A pipe whose reading end is opened once more, to be there when this one is closed. */
function withSpare(readFd: number, writeFd: number): Pipe {
  let kept: number | null = null;
  try {
    kept = openSync(`/proc/self/fd/${readFd}`, O_RDONLY | O_NONBLOCK);
  } catch {
    // Not Linux: it is used once.
  }
  return pipe(readFd, writeFd, kept);
}

function reopen(kept: number): Pipe {
  const name = `/proc/self/fd/${kept}`;
  return pipe(openSync(name, O_RDONLY | O_NONBLOCK), openSync(name, O_WRONLY), kept);
}

function pipe(readFd: number, writeFd: number, kept: number | null): Pipe {
  return {
    readFd,
    writeFd,
    release(ended) {
      if (kept === null) return;
      // Whoever still writes has to be told that nobody reads.
      if (ended) spare.push(kept);
      else closeSync(kept);
      kept = null;
    },
  };
}

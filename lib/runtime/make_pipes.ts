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
import { constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Both ends of a pipe, as descriptors that no child process inherits by itself. */
export interface Pipe {
  /** Does not block. */
  readonly readFd: number;
  readonly writeFd: number;
}

const spare: Pipe[] = [];
let calls = 0;

/**
 * Takes two new pipes, or null where there are none: no `mkfifo`, no temporary directory. `mkfifo`
 * costs a process of 2 ms: a program that runs many commands gets its pipes in batches.
 */
export function makePipes(): [Pipe, Pipe] | null {
  if (spare.length < 2 && process.platform !== "win32") createPipes(calls++ === 0 ? 2 : 16);
  return spare.length < 2 ? null : [spare.pop()!, spare.pop()!];
}

function createPipes(count: number): void {
  let dir: string | undefined;
  try {
    dir = mkdtempSync(join(tmpdir(), "runlit-"));
    const paths = Array.from({ length: count }, (_, i) => join(dir!, String(i)));
    spawnSync("mkfifo", ["-m", "600", ...paths], { stdio: "ignore" });
    for (const path of paths) {
      const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      spare.push({ readFd, writeFd: openSync(path, constants.O_WRONLY) });
    }
  } catch {
    // The caller falls back to what the runtime offers.
  } finally {
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  }
}

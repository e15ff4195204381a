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
import { randomUUID } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  unlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeUserCacheDir, SHARED_MEMORY } from "./user_cache_dir.ts";

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

/** How many are made at once: the rest waits with its names, for other programs of this user. */
const MANY = 32;

/**
 * Takes two pipes, or null where there are none: no `mkfifo`, no temporary directory. `mkfifo` costs
 * a process of 2 to 10 ms: a program that runs many commands uses its pipes again, and others find
 * some that wait.
 *
 * @param place Where they wait. Default: on Linux in shared memory, of which each scoped phase has
 * its own. Who sees a pipe that waits could write what a later command seems to have written, and
 * to see it is enough: in a read-only directory, too. The directory for temporary files may be seen
 * by phases of a program that has another.
 */
export function makePipes(place: string = waitingPlace()): [Pipe, Pipe] | null {
  if (process.platform === "win32") return null;
  if (spare.length >= 2) return [reopen(spare.pop()!), reopen(spare.pop()!)];
  try {
    accessSync(place, constants.W_OK);
    const dir = join(makeUserCacheDir(place), "pipes");
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    // Others may have taken all of them before we come to it.
    return takeTwo(dir) ?? (createPipes(dir, MANY), takeTwo(dir)) ?? takeOnce();
  } catch {
    return takeOnce();
  }
}

function waitingPlace(): string {
  return process.platform === "linux" ? SHARED_MEMORY : tmpdir();
}

/** Where nothing can be kept for others. */
function takeOnce(): [Pipe, Pipe] | null {
  let dir: string | undefined;
  try {
    dir = mkdtempSync(join(tmpdir(), "runlit-pipes-"));
    createPipes(dir, 2);
    return takeTwo(dir);
  } catch {
    // The caller falls back to what the runtime offers.
    return null;
  } finally {
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  }
}

function createPipes(dir: string, count: number): void {
  const paths = Array.from({ length: count }, () => join(dir, randomUUID()));
  spawnSync("mkfifo", ["-m", "600", ...paths], { stdio: "ignore" });
}

function takeTwo(dir: string): [Pipe, Pipe] | null {
  const taken: Pipe[] = [];
  for (const name of readdirSync(dir)) {
    const pipe = take(join(dir, name));
    if (pipe !== null && taken.push(pipe) === 2) return [taken[0], taken[1]];
  }
  for (const { readFd, writeFd, release } of taken) {
    closeSync(readFd);
    closeSync(writeFd);
    release(true);
  }
  return null;
}

/** Opens a pipe and removes its name: who removes it has it, others leave it alone. */
function take(path: string): Pipe | null {
  let readFd: number | undefined;
  let writeFd: number | undefined;
  try {
    readFd = openSync(path, O_RDONLY | O_NONBLOCK);
    // Nobody else's can be here, but something else than a pipe may be.
    if (fstatSync(readFd).isFIFO()) writeFd = openSync(path, O_WRONLY);
    unlinkSync(path);
    if (writeFd !== undefined) return withSpare(readFd, writeFd);
  } catch {
    if (writeFd !== undefined) closeSync(writeFd);
  }
  if (readFd !== undefined) closeSync(readFd);
  return null;
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

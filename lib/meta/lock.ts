/**
 * The lock of a run: who executes one of its phases.
 *
 * Format: `proc/lock` holds a process ID in decimal, which is all that Gage reads; while a command
 * runs, the command's. `proc/lock.json` says which process took the lock, since IDs are used again:
 * its start time, host and boot. It is there only while the lock is. Guild's lock is `LOCK`.
 *
 * @module
 */

import { existsSync, mkdirSync, statSync, unlinkSync } from "node:fs";
import { dirname, relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { lockPath } from "./_lock_path.ts";
import { thisProcess } from "./_lock_holder.ts";
import { stealLock } from "./_steal_lock.ts";
import { lockState, readLock } from "./lock_state.ts";
import { type RunLocation, runMetaDir } from "./run_paths.ts";
import { logRunner } from "./runner_log.ts";

export { type LockState, lockState } from "./lock_state.ts";

/** A lock that this process holds. */
export interface Lock {
  /** Tells Gage which process to look at: that of the command. */
  update(pid: number): void;
  /** Gives the lock back. Doing so again does nothing. */
  release(): void;
}

/** A run that another process has locked. */
export class LockError extends Error {
  override readonly name = "LockError";
  readonly metaDir: string;
  /** Process that holds the lock, or null if the lock does not say. */
  readonly pid: number | null;

  constructor(metaDir: string, pid: number | null, why: string) {
    super(`Cannot lock '${metaDir}': ${why}`);
    this.metaDir = metaDir;
    this.pid = pid;
  }
}

/** Nobody needs so long to write a lock that is still unreadable. */
const UNREADABLE_FOR = 10_000;

/**
 * Locks a run for this process.
 *
 * A lock whose holder is gone is taken over, which the runner log tells. Of several processes that
 * try only one gets it.
 *
 * @throws {LockError} Another process holds the lock, or a process on another host may.
 *
 * @example Only one at a time
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { acquireLock, lockState } from "runlit/lock";
 *
 * const run = { runDir: "", metaDir: mkdtempSync("/tmp/example-") };
 * const lock = await acquireLock(run);
 * assert.equal(lockState(run), "alive");
 * await assert.rejects(acquireLock(run), /Cannot lock/);
 * lock.release();
 * assert.equal(lockState(run), "free");
 * rmSync(run.metaDir, { recursive: true });
 * ```
 */
export async function acquireLock(run: RunLocation): Promise<Lock> {
  const metaDir = runMetaDir(run);
  const path = lockPath(metaDir);
  const holder = thisProcess();
  for (let tries = 1;; tries++) {
    if (claim(metaDir, path, holder.pid)) break;
    const state = lockState(metaDir);
    if (state === "free") continue;
    const pid = readLock(metaDir)?.pid ?? null;
    const isStale = state === "dead" || (state === "unreadable" && age(path) > UNREADABLE_FOR);
    if (!isStale || tries >= 10) throw new LockError(metaDir, pid, reason(state, metaDir));
    if (stealLock(metaDir, holder)) {
      logRunner(metaDir, `Taking over the lock of process ${pid}, which is gone`);
    } else await setTimeout(10);
  }
  // Until this is there the process ID alone counts, and that is ours.
  writeFileAtomicSync(`${path}.json`, JSON.stringify(holder), { mode: 0o444 });
  return {
    update: (pid) => writeFileAtomicSync(path, String(pid), { mode: 0o444 }),
    release: () => {
      if (readLock(metaDir)?.holder?.nonce !== holder.nonce) return;
      // In this order: a holder's description without a lock could be taken for that of the next
      // one.
      unlinkSync(`${path}.json`);
      unlinkSync(path);
    },
  };
}

/** Creates the lock with its contents in one step, unless there is one. */
function claim(metaDir: string, path: string, pid: number): boolean {
  try {
    writeFileAtomicSync(path, String(pid), { mode: 0o444, exclusive: true });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    const dir = dirname(path);
    if (code !== "ENOENT" || existsSync(dir)) throw error;
    // Not meta itself: it is gone if the run was sealed meanwhile, and has to stay so.
    mkdirSync(dir);
    return claim(metaDir, path, pid);
  }
}

function age(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}

function reason(state: string, metaDir: string): string {
  const { pid, holder } = readLock(metaDir) ?? {};
  const name = relative(metaDir, lockPath(metaDir));
  if (state === "unreadable") {
    return `'${name}' is being written, or damaged; try again, or remove it`;
  }
  const where = holder == null ? "" : ` on '${holder.host}'`;
  const who = `process ${pid}${where} executes a phase of the run`;
  return state === "foreign"
    ? `${who}, and from here cannot be seen to have ended; if it has, remove '${name}'`
    : who;
}

/**
 * Reads the lock of a run.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { isProcessAlive } from "../runtime/process_identity.ts";
import { lockPath } from "./_lock_path.ts";
import { holderState, type LockHolder, parseHolder } from "./_lock_holder.ts";
import { type RunLocation, runMetaDir } from "./run_paths.ts";

export type { LockHolder } from "./_lock_holder.ts";

/**
 * State of a run's lock: nobody has it; its holder is alive, or gone; its holder is on another host
 * (or in another container), and may be either; or it is not a lock.
 */
export type LockState = "free" | "alive" | "dead" | "foreign" | "unreadable";

/** What a run's lock says. */
export interface LockInfo {
  /** Process ID that Gage looks at: null if there is none in it. */
  readonly pid: number | null;
  /** Process that took the lock; null if it was Gage, which does not say. */
  readonly holder: LockHolder | null;
}

/** Reads a run's lock: null if there is none. A sealed run has none. */
export function readLock(run: RunLocation | string): LockInfo | null {
  const path = lockPath(typeof run === "string" ? run : runMetaDir(run));
  const text = readText(path)?.trim();
  if (text === undefined) return null;
  const holder = readText(`${path}.json`);
  return {
    pid: /^\d{1,10}$/.test(text) ? Number(text) : null,
    holder: holder === undefined ? null : parseHolder(holder),
  };
}

/**
 * Tells the state of a run's lock.
 *
 * A zombie is not alive, nor is a process that got the ID of one that is gone.
 */
export function lockState(run: RunLocation | string): LockState {
  const lock = readLock(run);
  if (lock === null) return "free";
  if (lock.holder !== null) return holderState(lock.holder);
  if (lock.pid === null) return "unreadable";
  return isProcessAlive(lock.pid) ? "alive" : "dead";
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

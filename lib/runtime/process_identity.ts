/**
 * Which process is meant by a process ID, and is it still there?
 *
 * Process IDs are used again. Together with the start time and the boot ID, one names a process
 * for ever. Where there is no `/proc` (macOS, Windows) both are null and only the ID is compared.
 *
 * @module
 */

import { readFileSync } from "node:fs";

/** What Linux says about a process in `/proc/<pid>/stat` (see proc_pid_stat(5)). */
export interface ProcessStat {
  /** One letter, such as `R` running, `S` sleeping, `Z` zombie, `X` dead. */
  readonly state: string;
  /** ID of the process group. */
  readonly group: number;
  /** ID of the session: the process that made it, and so all its descendants that did not leave. */
  readonly session: number;
  /** Clock ticks from boot to the start of the process. */
  readonly startTime: number;
}

/** Reads a process's state, or null if there is no such process or no `/proc`. */
export function processStat(pid: number): ProcessStat | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return null;
  }
  // The second field is the program's name in parentheses, which may itself hold `) `.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const number = (index: number) => Number(fields[index]);
  return { state: fields[0], group: number(2), session: number(3), startTime: number(19) };
}

/** When a process started, in clock ticks since boot, or null if that cannot be known. */
export function processStartTime(pid: number): number | null {
  return processStat(pid)?.startTime ?? null;
}

/**
 * Whether a process is alive: neither gone nor a zombie, and, if `startTime` is given, the one that
 * started then and not a later one with the same ID.
 *
 * @example This process, and an earlier one with its ID
 * ```ts
 * import assert from "node:assert/strict";
 * import { isProcessAlive, processStartTime } from "runlit/process-identity";
 *
 * const started = processStartTime(process.pid);
 * assert.equal(isProcessAlive(process.pid, started), true);
 * if (started !== null) assert.equal(isProcessAlive(process.pid, started - 1), false);
 * ```
 */
export function isProcessAlive(pid: number, startTime: number | null = null): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  const stat = processStat(pid);
  // A process that another user owns can be hidden from `/proc`, but it answers to signals.
  if (stat === null) return answersToSignals(pid);
  if (stat.state === "Z" || stat.state === "X") return false;
  return startTime === null || stat.startTime === startTime;
}

function answersToSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Identifies this boot of this machine, or null if that cannot be known. */
export function bootId(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    return null;
  }
}

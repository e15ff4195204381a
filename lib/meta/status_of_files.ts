/**
 * How far a run is, told from its files.
 *
 * @module
 */

import type { LockState } from "./lock_state.ts";
import { loggedExit, parseExit } from "./parse_exit.ts";

/**
 * How far a run is: `unknown → initialized → staged → running →` one of `completed` (exit code 0),
 * `error` (another), `terminated` (ended by a signal) and `lost` (nobody knows how it ended: its
 * runner did not see it).
 */
export type RunStatus =
  | "unknown"
  | "initialized"
  | "pending"
  | "staged"
  | "running"
  | "completed"
  | "error"
  | "terminated"
  | "lost";

/** What a run's status is told from. */
export interface StatusFiles {
  /** Text of a file of meta, or undefined if there is none. */
  readonly read: (name: string) => string | undefined;
  readonly lockState: () => LockState;
}

/**
 * Tells a run's status: the rules behind `runStatus()`. Only what is needed is read.
 *
 * @example The exit code counts before anything else
 * ```ts
 * import assert from "node:assert/strict";
 * import { statusOfFiles } from "runlit/status-of-files";
 *
 * const files = new Map([["staged", "1"], ["started", "2"]]);
 * const read = (name: string) => files.get(name);
 * assert.equal(statusOfFiles({ read, lockState: () => "alive" }), "running");
 * assert.equal(statusOfFiles({ read, lockState: () => "dead" }), "lost");
 * files.set("proc/exit", "1");
 * assert.equal(statusOfFiles({ read, lockState: () => "alive" }), "error");
 * ```
 */
export function statusOfFiles({ read, lockState }: StatusFiles): RunStatus {
  const exit = parseExit(read("proc/exit") ?? "");
  if (exit !== null) return statusOfExit(exit);
  if (read("started") !== undefined) {
    // The lock first: it is released after the exit code is logged, so that a run which ends between
    // these two looks is not taken for a lost one.
    const state = lockState();
    const logged = loggedExit(read("log/runner") ?? "");
    if (logged !== null) return statusOfExit(logged);
    return state === "alive" || state === "foreign" ? "running" : "lost";
  }
  if (read("staged") !== undefined) return "staged";
  return read("initialized") === undefined ? "unknown" : "initialized";
}

function statusOfExit(exit: number): RunStatus {
  if (exit === 0) return "completed";
  return exit > 0 ? "error" : "terminated";
}

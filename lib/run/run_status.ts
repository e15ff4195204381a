/**
 * How far a run is.
 *
 * @module
 */

import { lockState } from "../meta/lock_state.ts";
import { type MetaLocation, metaSource } from "../meta/meta_source.ts";
import { loggedExit, parseExit } from "../meta/read_exit.ts";

/**
 * How far a run is: `unknown → initialized → staged → running →` one of `completed` (exit code 0),
 * `error` (another), `terminated` (ended by a signal) and `lost` (nobody knows how it ended: its
 * runner did not see it).
 */
export type RunStatus =
  | "unknown"
  | "initialized"
  | "staged"
  | "running"
  | "completed"
  | "error"
  | "terminated"
  | "lost";

/**
 * Tells the status of a run from its files, and from nothing else but whether the process that
 * holds its lock is there.
 *
 * A run whose command has ended has the status that its exit code says, also before it is
 * finalized: the runner log has the code then. A run that was started, has no exit code, and whose
 * runner is gone is lost, and never seems to run. One whose runner is on another host counts as
 * running: that it is gone cannot be seen from here.
 *
 * @throws {NotFoundError} The run has no meta.
 *
 * @example Before anything is known about a run, and when it has ended
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { runStatus } from "runlit/run-status";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * assert.equal(await runStatus(meta), "unknown");
 * mkdirSync(`${meta}/proc`);
 * writeFileSync(`${meta}/proc/exit`, "-15");
 * assert.equal(await runStatus(meta), "terminated");
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function runStatus(run: MetaLocation): Promise<RunStatus> {
  const meta = metaSource(run);
  return statusOfFiles({
    read: (name) => meta.read(name)?.toString(),
    lockState: () => meta.isZip ? "free" : lockState(meta.path),
  });
}

/** What a run's status is told from. */
export interface StatusFiles {
  /** Text of a file of meta, or undefined if there is none. */
  readonly read: (name: string) => string | undefined;
  readonly lockState: () => ReturnType<typeof lockState>;
}

/** The rules behind {@linkcode runStatus}. Only what is needed is read. */
export function statusOfFiles({ read, lockState }: StatusFiles): RunStatus {
  const exit = parseExit(read("proc/exit") ?? "");
  if (exit !== null) return statusOfExit(exit);
  if (read("started") !== undefined) {
    const logged = loggedExit(read("log/runner") ?? "");
    if (logged !== null) return statusOfExit(logged);
    const state = lockState();
    return state === "alive" || state === "foreign" ? "running" : "lost";
  }
  if (read("staged") !== undefined) return "staged";
  return read("initialized") === undefined ? "unknown" : "initialized";
}

function statusOfExit(exit: number): RunStatus {
  if (exit === 0) return "completed";
  return exit > 0 ? "error" : "terminated";
}

/**
 * What goes on when its runner is gone.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { readdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { lockState, readLock } from "../meta/lock_state.ts";
import type { RunLocation } from "../meta/run_paths.ts";
import { isGroupAlive } from "../phases/kill_group.ts";
import { processEnvironment } from "../runtime/process_environment.ts";
import { bootId, processStat } from "../runtime/process_identity.ts";

/**
 * Finds the command of a run whose runner was killed, and which goes on without it: the ID of its
 * process group, or null if there is none. How it ends nobody will know, since only its runner could
 * have been told.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { orphanedCommand } from "runlit/orphaned-command";
 *
 * assert.equal(orphanedCommand({ runDir: "/nowhere" }), null);
 * ```
 */
export function orphanedCommand(run: RunLocation): number | null {
  const { pid, holder } = readLock(run) ?? {};
  // After a boot the ID is that of another process.
  if (holder == null || holder.boot !== bootId() || lockState(run) !== "dead") return null;
  if (pid != null && pid !== holder.pid) return isGroupAlive(pid) ? pid : null;
  // Killed before it could say what it had started.
  return groupOf(basename(resolve(run.runDir)));
}

/** How often the processes are listed for one answer. */
const MOST_LISTINGS = 10;

/** Milliseconds in which a process has got its new program, also on a machine with much to do. */
const REPLACED = 1000;

/** The session of a process that has the run's ID among its variables. */
function groupOf(id: string): number | null {
  // Neither without `/proc` nor with that of other processes, or where we may not read it.
  if (processStat(process.pid) === null) return null;
  const start = performance.now();
  let known = new Set<number>();
  let listings = 0;
  while (true) {
    const { session, ended, isReplaced } = lookFor(`RUN_ID=${id}`);
    if (session !== null) return session;
    // A trial whose command is not found is run anew, beside it.
    if (isReplaced && performance.now() - start < REPLACED) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    } else if (++listings === MOST_LISTINGS || ended.every((pid) => known.has(pid))) return null;
    known = new Set(ended);
  }
}

/**
 * Looks once for a process with a variable. It may be there although it was not found: where another
 * one, which ended after the list was begun, has started it, or while it gets another program.
 */
function lookFor(
  variable: string,
): { session: number | null; ended: readonly number[]; isReplaced: boolean } {
  const ended: number[] = [];
  let isReplaced = false;
  // The youngest first, since those that do not live long are among them.
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger).sort((a, b) => b - a);
  for (const pid of pids) {
    const environment = processEnvironment(pid);
    const stat = processStat(pid);
    if (stat === null || stat.state === "Z" || stat.state === "X") ended.push(pid);
    else if (environment === null) isReplaced = true;
    else if (Buffer.from(environment).toString("latin1").split("\0").includes(variable)) {
      return { session: stat.session, ended, isReplaced };
    }
  }
  return { session: null, ended, isReplaced };
}

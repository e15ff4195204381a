/**
 * What goes on when its runner is gone.
 *
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { lockState, readLock } from "../meta/lock_state.ts";
import type { RunLocation } from "../meta/run_paths.ts";
import { isGroupAlive } from "../phases/kill_group.ts";
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

/** The session of a process that has the run's ID among its variables. */
function groupOf(id: string): number | null {
  if (processStat(process.pid) === null) return null;
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || !hasVariable(pid, `RUN_ID=${id}`)) continue;
    const stat = processStat(pid);
    if (stat !== null && stat.state !== "Z" && stat.state !== "X") return stat.session;
  }
  return null;
}

function hasVariable(pid: number, variable: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(variable);
  } catch {
    return false;
  }
}

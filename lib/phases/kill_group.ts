/**
 * Reaches every process that a command has started.
 *
 * A command leads a session of its own. Its descendants are in it, whether or not they made a
 * process group, as `timeout` and shells with job control do; only daemons leave it.
 *
 * @module
 */

import { readdirSync } from "node:fs";
import { processStat } from "../runtime/process_identity.ts";

/** How often the processes are listed for one answer. */
const MOST_LISTINGS = 10;

/**
 * The process groups of a session that have a living process; a zombie is not alive. Null where
 * there is no `/proc`.
 */
export function sessionGroups(leader: number): Set<number> | null {
  // Neither without `/proc` nor with that of other processes, or where we may not read it.
  if (processStat(process.pid) === null) return null;
  let known = new Set<number>();
  for (let listings = 1;; listings++) {
    const { groups, ended } = listSession(leader);
    // What ended after the list was begun may have started another one that is not in the list.
    if (groups.size > 0 || listings === MOST_LISTINGS) return groups;
    if (ended.every((pid) => known.has(pid))) return groups;
    known = new Set(ended);
  }
}

/** Lists a session once, and which of its processes have ended; or may be its, if they are gone. */
function listSession(leader: number): { groups: Set<number>; ended: number[] } {
  const groups = new Set<number>();
  const ended: number[] = [];
  // The youngest first, since those that do not live long are among them.
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger).sort((a, b) => b - a);
  for (const pid of pids) {
    const stat = processStat(pid);
    if (stat !== null && stat.session !== leader && stat.group !== leader) continue;
    if (stat === null || stat.state === "Z" || stat.state === "X") ended.push(pid);
    else groups.add(stat.group);
  }
  return { groups, ended };
}

/** Whether the leader's own process group has members, zombies among them. */
export function isGroupThere(leader: number): boolean {
  return send(leader, 0);
}

/** Whether any process of the leader's session is alive, itself included. */
export function isGroupAlive(leader: number): boolean {
  const groups = sessionGroups(leader);
  return groups === null ? send(leader, 0) : groups.size > 0;
}

/**
 * Sends a signal to all processes of a command whose process, started `detached`, is `leader`.
 * Returns whether there was any.
 *
 * @example A shell and what it started
 * ```ts
 * import assert from "node:assert/strict";
 * import { spawn } from "node:child_process";
 * import { once } from "node:events";
 * import { isGroupAlive, killGroup } from "runlit/kill-group";
 *
 * const shell = spawn("sh", ["-c", "sleep 60 & sleep 60"], { detached: true, stdio: "ignore" });
 * assert.equal(killGroup(shell.pid!, "SIGKILL"), true);
 * const [, signal] = await once(shell, "exit");
 * assert.equal(signal, "SIGKILL");
 * while (isGroupAlive(shell.pid!)) await new Promise((resolve) => setTimeout(resolve, 1));
 * assert.equal(killGroup(shell.pid!, "SIGKILL"), false);
 * ```
 */
export function killGroup(leader: number, signal: NodeJS.Signals): boolean {
  let reached = false;
  for (const group of sessionGroups(leader) ?? [leader]) reached = send(group, signal) || reached;
  return reached;
}

function send(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    // Linux: it is there, but not ours. Where there is no `/proc` (macOS): only zombies are left.
    return (error as NodeJS.ErrnoException).code === "EPERM" && processStat(process.pid) !== null;
  }
}

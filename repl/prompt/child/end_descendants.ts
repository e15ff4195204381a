/**
 * Ends what a process has started, and what that has started.
 *
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";

/** Options of {@linkcode endDescendants}. */
export interface EndDescendantsOptions {
  /** What they get. Default: `SIGKILL`. */
  readonly signal?: NodeJS.Signals;
  /** Leaves those alone that were started before this time, in ms since boot. Default: none. */
  readonly since?: number;
}

interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** Milliseconds since boot. */
  readonly started: number;
}

/** Linux tells start times in hundredths of a second. */
const TICK_MS = 10;

/**
 * Sends a signal to all descendants of a process, whatever groups and sessions they made; returns
 * how many there were.
 */
export function endDescendants(pid: number, options: EndDescendantsOptions = {}): number {
  const { signal = "SIGKILL", since = 0 } = options;
  const found = findDescendants(pid);
  let count = 0;
  for (const each of found) {
    if (each.started < since - TICK_MS) continue;
    try {
      process.kill(each.pid, signal);
      count++;
    } catch {
      // It has just ended.
    }
  }
  return count;
}

/** How many living descendants a process has. */
export function countDescendants(pid: number): number {
  return findDescendants(pid).length;
}

function findDescendants(pid: number): ProcessInfo[] {
  const processes = listProcesses();
  const found: ProcessInfo[] = [];
  const parents = new Set([pid]);
  for (let size = 0; size < parents.size;) {
    size = parents.size;
    for (const each of processes) {
      if (!parents.has(each.parent) || parents.has(each.pid)) continue;
      parents.add(each.pid);
      found.push(each);
    }
  }
  return found;
}

/** The clock that processes' start times are told by: milliseconds since boot; 0 without `/proc`. */
export function bootClock(): number {
  try {
    return parseFloat(readFileSync("/proc/uptime", "latin1")) * 1000;
  } catch {
    return 0;
  }
}

function listProcesses(): ProcessInfo[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
      try {
        const text = readFileSync(`/proc/${name}/stat`, "latin1");
        // The second field is the program's name in parentheses, which may itself hold `) `.
        const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
        if (fields[0] === "Z" || fields[0] === "X") return [];
        const started = Number(fields[19]) * TICK_MS;
        return { pid: Number(name), parent: Number(fields[1]), started };
      } catch {
        return [];
      }
    });
  } catch {
    const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    return (stdout ?? "").trim().split("\n").map((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, started: 0 };
    });
  }
}

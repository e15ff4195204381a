/**
 * The processes that something has started.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import { processEnvironment } from "../../lib/runtime/process_environment.ts";
import { type ListedProcess, listProcesses } from "./list_processes.ts";

/** Which processes are meant: those that any of these finds. */
export interface WantedProcesses {
  /** Descendants of this process, whatever groups and sessions they made; not itself. */
  readonly ancestor?: number;
  /** Members of this process group, whoever their parent is now. */
  readonly group?: number;
  /** Processes in whose environment, as it was when they were started, this text stands. */
  readonly mark?: string;
  /**
   * Of the ancestor's children and of those with the mark, those that were started at this time or
   * later, in milliseconds since boot. Default: all.
   */
  readonly since?: number;
}

/** Start times are told in steps of ten milliseconds. */
const TICK_MS = 10;

/** What is known about processes at one moment. */
export interface ProcessSearch {
  readonly found: readonly number[];
  /**
   * Those that have ended and were wanted, and those that ended while the processes were listed: what
   * they started at the last moment may not be in the list.
   */
  readonly ended: readonly number[];
  /** Whether there may be more with the mark: a process has no environment while it is replaced. */
  readonly isUnsure: boolean;
}

/** Finds processes; never this one. Those that have ended are not among them. */
export function findProcesses(wanted: WantedProcesses): readonly number[] {
  return searchProcesses(wanted).found;
}

/** The same as {@link findProcesses}, and says whether some may have been missed. */
export function searchProcesses(wanted: WantedProcesses): ProcessSearch {
  const { ancestor, since = 0, group, mark } = wanted;
  const listed = listProcesses();
  const found = new Map<number, ListedProcess>();
  const unsure: number[] = [];
  for (const each of listed) {
    if (group !== undefined && each.group === group) found.set(each.pid, each);
    // Where it is not known when they started, all are meant.
    else if (each.started > 0 && each.started < since - TICK_MS) continue;
    else if (ancestor !== undefined && each.parent === ancestor) found.set(each.pid, each);
    else if (mark !== undefined) {
      const marked = hasMark(each, mark);
      if (marked) found.set(each.pid, each);
      else if (marked === null) unsure.push(each.pid);
    }
  }
  // A zombie's children are those of another process by now, but its group may still be there.
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const each of listed) {
      const { parent, group } = each;
      if (parent === null || group === null) continue;
      if (found.has(parent) || found.get(group)?.group === group) found.set(each.pid, each);
    }
  }
  found.delete(process.pid);
  const pids = (of: Iterable<ListedProcess>, isWanted: (each: ListedProcess) => boolean) =>
    Array.from(of).filter(isWanted).map(({ pid }) => pid);
  return {
    found: pids(found.values(), ({ isZombie }) => !isZombie),
    ended: pids(listed, (each) => each.isZombie && (each.parent === null || found.has(each.pid))),
    isUnsure: unsure.some((pid) => !found.has(pid)),
  };
}

/** Null where that cannot be known yet. */
function hasMark({ pid, isZombie }: ListedProcess, mark: string): boolean | null {
  if (isZombie || pid === process.pid) return false;
  const environment = processEnvironment(pid);
  return environment === null ? null : Buffer.from(environment).includes(mark);
}

/** The clock that start times are told by: milliseconds since boot; 0 where it is not known. */
export function bootClock(): number {
  try {
    return parseFloat(readFileSync("/proc/uptime", "latin1")) * 1000;
  } catch {
    return uptimeOfSystem();
  }
}

/** In whole seconds on Deno, which does not let us read `/proc` unless it lets us do everything. */
function uptimeOfSystem(): number {
  try {
    return Math.floor(uptime()) * 1000;
  } catch {
    return 0;
  }
}

/**
 * Which processes there are, and what they were started by.
 *
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import { outputOf } from "./output_of.ts";

/** A process that is alive, or whose parent has not yet asked how it ended, or that is just gone. */
export interface ListedProcess {
  readonly pid: number;
  /** Null if it was gone before it could be asked. */
  readonly parent: number | null;
  /** ID of the process group; null like its parent. */
  readonly group: number | null;
  /** Milliseconds from boot to its start, in steps of ten; 0 where that is not known. */
  readonly started: number;
  /** Whether it has ended, but is still listed. */
  readonly isZombie: boolean;
}

/** Linux tells start times in hundredths of a second. */
const TICK_MS = 10;

/**
 * Lists all processes: from `/proc`, by a shell where Deno does not let us read that, or by `ps`.
 * None where nothing of that may be done.
 */
export function listProcesses(): ListedProcess[] {
  try {
    // The youngest first, since those that do not live long are among them.
    const pids = readdirSync("/proc").map(Number).filter(Number.isInteger).sort((a, b) => b - a);
    const listed = pids.flatMap((pid) => {
      try {
        return parseStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
      } catch {
        return { pid, parent: null, group: null, started: 0, isZombie: true };
      }
    });
    if (listed.length > 0) return listed;
  } catch {
    // No such directory, or no permission.
  }
  const stats = outputOf("/bin/sh", ["-c", "cat /proc/[0-9]*/stat 2>/dev/null"]);
  if (stats !== "") return stats.split(/\n(?=\d+ \()/).flatMap(parseStat);
  return outputOf("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat="]).split("\n").flatMap((line) => {
    const [pid, parent, group, state] = line.trim().split(/\s+/);
    if (state === undefined) return [];
    const isZombie = state.startsWith("Z");
    return { pid: Number(pid), parent: Number(parent), group: Number(group), started: 0, isZombie };
  });
}

/** The second field is the program's name in parentheses, which may itself hold `) `. */
function parseStat(text: string): ListedProcess | [] {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const pid = parseInt(text, 10);
  if (Number.isNaN(pid) || fields.length < 20) return [];
  return {
    pid,
    parent: Number(fields[1]),
    group: Number(fields[2]),
    started: Number(fields[19]) * TICK_MS,
    isZombie: fields[0] === "Z" || fields[0] === "X",
  };
}

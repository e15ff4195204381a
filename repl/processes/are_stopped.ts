/**
 * Whether processes are at rest.
 *
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import { outputOf } from "./output_of.ts";

/**
 * Whether none of these processes runs: each is stopped, has ended or is gone.
 *
 * A process that was sent SIGSTOP does not stop at that moment, but each of its threads when it next
 * leaves the kernel: a `fork()` that has begun is completed first.
 */
export function areStopped(pids: readonly number[]): boolean {
  return pids.length === 0 || threadStates(pids).every((state) => /^[TtZX]/.test(state));
}

/** A letter for each thread, see proc_pid_stat(5); for each process where there is no `/proc`. */
function threadStates(pids: readonly number[]): string[] {
  try {
    readdirSync("/proc/self/task");
    return pids.flatMap((pid) =>
      unlessGone(() => readdirSync(`/proc/${pid}/task`)).flatMap((thread) =>
        unlessGone(() => [stateOf(readFileSync(`/proc/${pid}/task/${thread}/stat`, "latin1"))])
      )
    );
  } catch {
    // No such directory, or Deno does not let us read it.
  }
  // With that of `cat` itself there is output wherever there is `/proc`.
  const files = ["/proc/self/stat", ...pids.map((pid) => `/proc/${pid}/task/*/stat`)].join(" ");
  const stats = outputOf("/bin/sh", ["-c", `cat ${files} 2>/dev/null`]);
  if (stats !== "") return stats.split(/\n(?=\d+ \()/).slice(1).map(stateOf);
  const states = outputOf("ps", ["-o", "stat=", "-p", pids.join(",")]);
  return states.split(/\s+/).filter((state) => state !== "");
}

/** The second field is the program's name in parentheses, which may itself hold `) `. */
function stateOf(stat: string): string {
  return stat.charAt(stat.lastIndexOf(")") + 2);
}

function unlessGone<T>(read: () => T[]): T[] {
  try {
    return read();
  } catch {
    return [];
  }
}

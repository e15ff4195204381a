/**
 * Reads how a run's command ended.
 *
 * @module
 */

import { type MetaLocation, metaSource } from "./meta_source.ts";

/**
 * Reads the exit code of a run's command: null if it has not ended, or nobody was there to see it.
 *
 * A negative code is the number of the signal that ended it. The code is in `proc/exit` once the
 * run is finalized; before that, the runner log has it from the moment the command ended.
 */
export async function readExit(run: MetaLocation): Promise<number | null> {
  const meta = metaSource(run);
  const exit = meta.read("proc/exit")?.toString();
  return exit === undefined
    ? loggedExit(meta.read("log/runner")?.toString() ?? "")
    : parseExit(exit);
}

/** Parses what `proc/exit` holds: null if it is not a number. */
export function parseExit(text: string): number | null {
  return /^\s*-?\d{1,10}\s*$/.test(text) ? Number(text) : null;
}

/**
 * Finds the exit code of a run's command in its runner log: null if it is not there.
 *
 * @example The last one counts
 * ```ts
 * import assert from "node:assert/strict";
 * import { loggedExit } from "runlit/read-exit";
 *
 * assert.equal(loggedExit("2024-07-05T10:11:12+0000 Exit code for run: -9\n"), -9);
 * assert.equal(loggedExit("2024-07-05T10:11:12+0000 Exit code for copy-deps: 0\n"), null);
 * ```
 */
export function loggedExit(log: string): number | null {
  let code: number | null = null;
  for (const match of log.matchAll(/^\S+ Exit code for run: (-?\d+)$/gm)) code = Number(match[1]);
  return code;
}

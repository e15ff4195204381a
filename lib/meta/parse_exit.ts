/**
 * Finds the exit code of a run's command in what its meta has.
 *
 * @module
 */

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
 * import { loggedExit } from "runlit/parse-exit";
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

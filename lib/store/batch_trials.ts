/**
 * The trials of a batch.
 *
 * @module
 */

import { readdirSync } from "node:fs";
import type { Run } from "../types.ts";

/**
 * Lists the IDs of a batch's trials: the names of the symbolic links in its run directory, as Guild
 * has them too. A trial that was removed leaves its link, and so an ID that no run has.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
 * import { batchTrials } from "runlit/batch-trials";
 *
 * const runDir = mkdtempSync("/tmp/example-");
 * symlinkSync("../60a825b1", `${runDir}/60a825b1`);
 * assert.deepEqual(batchTrials({ runDir }), ["60a825b1"]);
 * rmSync(runDir, { recursive: true });
 * ```
 */
export function batchTrials({ runDir }: Pick<Run, "runDir">): string[] {
  return readdirSync(runDir, { withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => entry.name);
}

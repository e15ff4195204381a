/**
 * Where a run's meta is.
 *
 * @module
 */

import { join } from "node:path";
import type { Run } from "../types.ts";

/** What is needed to find a run's meta. */
export type RunLocation = Pick<Run, "runDir"> & Partial<Pick<Run, "metaDir">>;

/**
 * Returns a run's meta directory (or, once it is sealed, the zip file it became).
 *
 * A run that does not say has its meta beside the run directory: `<run dir>.meta`.
 *
 * @example Beside the run directory
 * ```ts
 * import assert from "node:assert/strict";
 * import { runMetaDir } from "runlit/run-paths";
 *
 * assert.equal(runMetaDir({ runDir: "runs/a1", metaDir: "" }), "runs/a1.meta");
 * ```
 */
export function runMetaDir(run: RunLocation): string {
  return run.metaDir || `${run.runDir.replace(/(?<=.)\/+$/, "")}.meta`;
}

/**
 * Returns the path of a file in a run's meta directory.
 *
 * @example A path in meta
 * ```ts
 * import assert from "node:assert/strict";
 * import { runMetaPath } from "runlit/run-paths";
 *
 * assert.equal(
 *   runMetaPath({ runDir: "runs/a1", metaDir: "" }, "log", "runner"),
 *   "runs/a1.meta/log/runner",
 * );
 * ```
 */
export function runMetaPath(run: RunLocation, ...names: string[]): string {
  return join(runMetaDir(run), ...names);
}

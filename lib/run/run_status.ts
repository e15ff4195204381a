/**
 * How far a run is.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { lockState } from "../meta/lock_state.ts";
import { type MetaLocation, metaSource } from "../meta/meta_source.ts";
import { type RunStatus, statusOfFiles } from "../meta/status_of_files.ts";

export type { RunStatus } from "../meta/status_of_files.ts";

/**
 * Tells the status of a run from its files, and from nothing else but whether the process that
 * holds its lock is there.
 *
 * A run whose command has ended has the status that its exit code says, also before it is
 * finalized: the runner log has the code then. A run that was started, has no exit code, and whose
 * runner is gone is lost, and never seems to run. One whose runner is on another host counts as
 * running: that it is gone cannot be seen from here.
 *
 * @throws {NotFoundError} The run has no meta.
 *
 * @example Before anything is known about a run, and when it has ended
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { runStatus } from "runlit/run-status";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * assert.equal(await runStatus(meta), "unknown");
 * mkdirSync(`${meta}/proc`);
 * writeFileSync(`${meta}/proc/exit`, "-15");
 * assert.equal(await runStatus(meta), "terminated");
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function runStatus(run: MetaLocation): Promise<RunStatus> {
  const meta = metaSource(run);
  if (meta.status !== undefined) return meta.status();
  const status = statusOfFiles({
    read: (name) => meta.read(name)?.toString(),
    lockState: () => meta.isZip ? "free" : lockState(meta.path),
  });
  // Sealed while it was looked at: then its files were gone, and the zip has them.
  return meta.isZip || existsSync(meta.path) ? status : await runStatus(run);
}

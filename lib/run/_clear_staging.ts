/**
 * Makes way for another try at staging.
 *
 * @module
 */

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { logRunner } from "../meta/runner_log.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import type { Run } from "../types.ts";

/**
 * Removes what an earlier staging left that failed or was interrupted: a file that the project no
 * longer has would become part of the run. A run directory that was never staged is left alone.
 */
export function clearStaging(run: Run): void {
  const log = readFileSync(runMetaPath(run, "log", "runner"), "utf8");
  if (!/^\S+ Copying source code /m.test(log)) return;
  logRunner(run, "Removing what an earlier staging left");
  for (const name of readdirSync(run.runDir)) {
    rmSync(join(run.runDir, name), { recursive: true, force: true });
  }
  for (const name of ["log/files", "log/patched", "manifest", "dependencies.json"]) {
    rmSync(runMetaPath(run, name), { force: true });
  }
}

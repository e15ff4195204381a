/**
 * Initializes the runtime of a run.
 *
 * @module
 */

import { readOpdef } from "../meta/read_opdef.ts";
import type { Run } from "../types.ts";
import { executePhase } from "./_execute_phase.ts";
import { logChangedFiles } from "./_log_files.ts";
import { requireMetaDir, requireProjectDir, requireRunDir } from "./_require.ts";
import type { PhaseOptions } from "./phase_options.ts";

/**
 * Executes the operation's `stage-runtime` command, if it has one, in the run directory, and logs
 * the files that appeared as runtime files.
 *
 * It is where a run gets what its command runs on: a virtual environment, installed packages.
 *
 * @throws {PhaseError} The command failed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readFileSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { initRunMeta } from "runlit/init-run-meta";
 * import { initRuntime } from "runlit/init-runtime";
 * import { makeRun } from "runlit/make-run";
 *
 * const dir = mkdtempSync(join(tmpdir(), "runs-"));
 * const run = await makeRun(dir, { opref: { namespace: "demo", name: "hello" } });
 * const opdef = { name: "hello", data: { exec: { "stage-runtime": "echo 1.2 > runtime" } } };
 * await initRunMeta(run, { opdef, cmd: { args: ["cat", "runtime"], env: {} } });
 *
 * await initRuntime(run, dir);
 * assert.equal(readFileSync(join(run.runDir, "runtime"), "utf8"), "1.2\n");
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function initRuntime(
  run: Run,
  projectDir: string,
  options: PhaseOptions = {},
): Promise<void> {
  requireRunDir(run);
  requireMetaDir(run);
  requireProjectDir(projectDir);
  const opdef = await readOpdef(run);
  const executed = await executePhase(run, opdef, "runtime", { ...options, projectDir });
  if (executed) await logChangedFiles(run, "r", options);
}

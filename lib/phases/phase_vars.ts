/**
 * The variables by which a command learns about its run.
 *
 * @module
 */

import type { PhaseName, Run } from "../types.ts";

/** Where a phase is executed from. */
export interface PhaseVarsOptions {
  /** Directory of the project: for the phases that stage a run. */
  projectDir?: string;
  /** Working directory of whoever starts the run: for the run phase. Default: this process's. */
  parentDir?: string;
}

/**
 * The run variables of a phase: upper case for the run itself, lower case for the others (as Gage
 * has them). Only the phases that stage a run know its project.
 *
 * @example The run phase and the last one
 * ```ts
 * import assert from "node:assert/strict";
 * import { phaseVars } from "runlit/phase-vars";
 *
 * const run = { id: "a1", name: "", runDir: "/runs/a1", metaDir: "/runs/a1.meta", opref: null };
 * assert.deepEqual(phaseVars("run", run, { parentDir: "/work" }), {
 *   RUN_ID: "a1",
 *   RUN_DIR: "/runs/a1",
 *   PARENT_PWD: "/work",
 * });
 * assert.deepEqual(phaseVars("finalize", run), { run_id: "a1", run_dir: "/runs/a1" });
 * ```
 */
export function phaseVars(
  phase: PhaseName,
  run: Run,
  options: PhaseVarsOptions = {},
): Record<string, string> {
  if (phase === "run") {
    const parent = options.parentDir ?? process.cwd();
    return { RUN_ID: run.id, RUN_DIR: run.runDir, PARENT_PWD: parent };
  }
  const vars: Record<string, string> = { run_id: run.id, run_dir: run.runDir };
  if (phase !== "finalize" && options.projectDir !== undefined) {
    vars.project_dir = options.projectDir;
  }
  return vars;
}

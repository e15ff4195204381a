/**
 * The run of a trial, whatever became of it.
 *
 * @module
 */

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { initRunMeta } from "../run/init_run_meta.ts";
import { makeRun } from "../run/make_run.ts";
import { openRun } from "../run/open_run.ts";
import { type RunStatus, runStatus } from "../run/run_status.ts";
import { stageRun } from "../run/stage_run.ts";
import type { CopySourcecodeOptions } from "../run/copy_sourcecode.ts";
import type { Run } from "../types.ts";
import { type Batch, batchRunsDir, type BatchTrial } from "./batch.ts";

/** A trial's status: that of its run, or `missing` as long as there is none. */
export type TrialStatus = RunStatus | "missing";

/** Tells how far a trial is. */
export async function trialStatus(batch: Batch, trial: BatchTrial): Promise<TrialStatus> {
  const base = join(batchRunsDir(batch), trial.id);
  if (!existsSync(`${base}.meta`) && !existsSync(`${base}.meta.zip`)) return "missing";
  return await runStatus(await openRun(base));
}

/** Makes the run of a trial; one whose making was interrupted is made anew. */
export async function makeTrial(batch: Batch, trial: BatchTrial): Promise<Run> {
  const runsDir = batchRunsDir(batch);
  const base = join(runsDir, trial.id);
  const status = await trialStatus(batch, trial);
  if (status !== "missing" && status !== "unknown") return await openRun(base);
  rmSync(base, { recursive: true, force: true });
  rmSync(`${base}.meta`, { recursive: true, force: true });
  const { plan } = trial;
  const run = await makeRun(runsDir, { id: trial.id });
  await initRunMeta(run, { ...plan, systemAttrs: { batch: batch.run.id } });
  return { ...run, opref: plan.opref };
}

/**
 * Stages the run of a trial, of the batch's copy of the source code; what needs more of the project
 * than that is staged of the project.
 */
export async function stageTrial(
  batch: Batch,
  trial: BatchTrial,
  options: CopySourcecodeOptions = {},
): Promise<Run> {
  const run = await makeTrial(batch, trial);
  if (await runStatus(run) !== "initialized") return run;
  const { depends, exec } = trial.plan.opdef.data;
  const needsProject = depends !== undefined ||
    (typeof exec === "object" && exec !== null && !Array.isArray(exec));
  await stageRun(run, needsProject ? batch.projectDir : join(batch.run.runDir, "proto"), options);
  return run;
}

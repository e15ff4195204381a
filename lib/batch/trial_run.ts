/**
 * The run of a trial, whatever became of it.
 *
 * @module
 */

import { openRun } from "../run/open_run.ts";
import type { CopySourcecodeOptions } from "../run/copy_sourcecode.ts";
import { runStatus } from "../run/run_status.ts";
import type { Run } from "../types.ts";
import { guildLayout } from "./_guild_layout.ts";
import { jsonLayout } from "./_json_layout.ts";
import type { Batch, BatchTrial } from "./batch.ts";
import type { TrialLayout, TrialStatus } from "./trial_layout.ts";

export type { TrialStatus } from "./trial_layout.ts";

/** How a batch is kept on disk. */
export function layoutOf({ layout }: Pick<Batch, "layout">): TrialLayout {
  return layout === "json" ? jsonLayout : guildLayout;
}

/** Tells how far a trial is. */
export async function trialStatus(batch: Batch, trial: BatchTrial): Promise<TrialStatus> {
  return await layoutOf(batch).status(batch, trial);
}

/** Makes the run of a trial; one whose making was interrupted is made anew. */
export async function makeTrial(batch: Batch, trial: BatchTrial): Promise<Run> {
  const layout = layoutOf(batch);
  const status = await layout.status(batch, trial);
  if (status !== "missing" && status !== "unknown") {
    return await openRun(layout.locate(batch, trial).runDir);
  }
  return await layout.make(batch, trial);
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
  await layoutOf(batch).stage(batch, trial, run, options);
  return run;
}

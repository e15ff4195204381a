/**
 * Stages the trials of a batch.
 *
 * @module
 */

import type { CopySourcecodeOptions } from "../run/copy_sourcecode.ts";
import type { Batch } from "./batch.ts";
import { layoutOf, stageTrial } from "./trial_run.ts";

/** Makes and stages all trials of a batch, for somebody to start: one by one, or as a batch. */
export async function stageTrials(
  batch: Batch,
  options: CopySourcecodeOptions = {},
): Promise<void> {
  for (const trial of batch.trials) {
    if (trial.reused) continue;
    await stageTrial(batch, trial, options);
    layoutOf(batch).leave(batch, trial);
  }
}

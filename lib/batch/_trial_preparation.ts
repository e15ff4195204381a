/**
 * Gets trials ready, some of them before it is their turn.
 *
 * @module
 */

import type { Run } from "../types.ts";
import type { Batch, BatchTrial } from "./batch.ts";
import type { RunBatchOptions } from "./run_batch_options.ts";
import { layoutOf, stageTrial, trialStatus } from "./trial_run.ts";

/** What gets trials ready. */
export interface TrialPreparation {
  /** The run of a trial, staged. Rejects if it cannot be. */
  stage(trial: BatchTrial): Promise<Run>;
  /** Does a bit of work ahead: stages `next`, or makes a trial. Returns false if none is left. */
  ahead(next: BatchTrial | null): Promise<boolean>;
}

/** Prepares the trials of a batch, in their order. */
export function trialPreparation(
  batch: Batch,
  trials: readonly BatchTrial[],
  { stage: phase, signal, force }: RunBatchOptions,
): TrialPreparation {
  const layout = layoutOf(batch);
  const unmade = [...trials].reverse();
  /** Those that this process has made: how far they are is known. */
  const made = new Map<string, Run>();
  const staged = new Map<string, Promise<Run>>();
  /** Those whose staging has begun: there is nothing to be done ahead for them. */
  const begun = new Set<string>();
  const make = async (trial: BatchTrial): Promise<Run | null> => {
    const known = made.get(trial.id);
    if (known !== undefined) return known;
    const status = await trialStatus(batch, trial);
    if (status !== "missing" && status !== "unknown") return null;
    const run = await layout.make(batch, trial);
    made.set(trial.id, run);
    return run;
  };
  const stage = async (trial: BatchTrial): Promise<Run> => {
    const options = { ...phase, signal, force };
    begun.add(trial.id);
    const run = await make(trial);
    if (run === null) return await stageTrial(batch, trial, options);
    made.delete(trial.id);
    await layout.stage(batch, trial, run, options);
    return run;
  };
  return {
    stage: async (trial) => {
      const early = staged.get(trial.id);
      staged.delete(trial.id);
      return await (early ?? stage(trial));
    },
    ahead: async (next) => {
      if (next !== null && !staged.has(next.id) && !hasCommands(next)) {
        const run = stage(next);
        staged.set(next.id, run);
        // Whose turn it is gets to know.
        await run.catch(() => {});
        return true;
      }
      let trial = unmade.pop();
      while (trial !== undefined && begun.has(trial.id)) trial = unmade.pop();
      if (trial === undefined) return false;
      await make(trial).catch(() => {});
      return true;
    },
  };
}

/** Whether phases execute commands of the user's: these are executed when it is the trial's turn. */
function hasCommands({ plan: { opdef: { data: { exec } } } }: BatchTrial): boolean {
  return typeof exec === "object" && exec !== null && !Array.isArray(exec);
}

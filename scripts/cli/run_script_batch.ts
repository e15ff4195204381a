/**
 * `runlit run script.py flag=[a,b]`: makes a batch of a script's trials, and runs them.
 *
 * @module
 */

import type { BatchLayout } from "../../lib/batch/batch.ts";
import { makeBatch } from "../../lib/batch/make_batch.ts";
import { stageTrials } from "../../lib/batch/stage_trials.ts";
import type { FoundScript } from "./find_script.ts";
import { completedRuns, makeTrials, planTrials, type TrialOptions } from "./plan_batch.ts";
import { note, print } from "./print.ts";
import { runTrials } from "./run_trials.ts";
import { printTrials, saveTrials } from "./show_trials.ts";
import { scopeOf, type ScopeOptions } from "./scope_options.ts";
import { UsageError } from "./usage_error.ts";
import { ensureRunsDir, type Workspace } from "./workspace.ts";

/** Options of batches, which are some of `runlit run`. */
export interface BatchOptions extends TrialOptions, ScopeOptions {
  label?: string;
  layout?: BatchLayout;
  stage?: true;
  stageTrials?: true;
  dryRun?: true;
  needed?: true;
  jobs?: number;
  failFast?: true;
  json?: true;
  timeLimit?: number;
}

/** Runs a batch if the words mean one; returns whether they do. */
export async function runScriptBatch(
  workspace: Workspace,
  script: FoundScript,
  words: readonly string[],
  options: BatchOptions,
): Promise<boolean> {
  const planned = await planTrials(script, words, options);
  if (planned === null) {
    if (!options.stageTrials) return false;
    throw new UsageError("There are no trials to stage: give a flag a list, such as lr=[0.1,0.2]");
  }
  const { values, space } = planned;
  if (options.saveTrials !== undefined) saveTrials(options.saveTrials, space);
  if (options.printTrials || options.dryRun) await printTrials(space);
  if (options.saveTrials !== undefined || options.printTrials || options.dryRun) return true;
  if (options.stage) throw new UsageError("To stage trials, use '--stage-trials'");
  const trials = await makeTrials(planned, script, options);

  const runsDir = ensureRunsDir(workspace);
  const { operation, projectDir } = script;
  const { label, layout } = options;
  const done = options.needed ? await completedRuns(runsDir, script, layout) : undefined;
  const batch = await makeBatch(runsDir, {
    ...{ projectDir, operation, values, trials, label, done, layout },
  });
  const scope = await scopeOf(options, workspace);
  if (!options.stageTrials) {
    await runTrials(batch, { ...options, scope });
    return true;
  }
  await stageTrials(batch, scope);
  note(`staged ${trials.length} trials; start them with: runlit resume ${batch.run.name}`);
  print(batch.run.id);
  return true;
}

/**
 * `runlit run script.py flag=[a,b]`: makes a batch of a script's trials, and runs them.
 *
 * @module
 */

import { makeBatch } from "../../lib/batch/make_batch.ts";
import { stageTrial } from "../../lib/batch/trial_run.ts";
import type { FoundScript } from "./find_script.ts";
import {
  completedRuns,
  planTrials,
  printTrials,
  saveTrials,
  type TrialOptions,
} from "./plan_batch.ts";
import { note, print } from "./print.ts";
import { runTrials } from "./run_trials.ts";
import { scopeOf, type ScopeOptions } from "./scope_options.ts";
import { UsageError } from "./usage_error.ts";
import { ensureRunsDir, type Workspace } from "./workspace.ts";

/** Options of batches, which are some of `runlit run`. */
export interface BatchOptions extends TrialOptions, ScopeOptions {
  label?: string;
  layout?: string;
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
  const { values, trials } = planned;
  if (options.saveTrials !== undefined) saveTrials(options.saveTrials, trials);
  if (options.printTrials || options.dryRun) printTrials(trials);
  if (options.saveTrials !== undefined || options.printTrials || options.dryRun) return true;
  if (options.layout !== undefined && options.layout !== "json") {
    throw new UsageError(`Batches cannot be run with '--layout ${options.layout}' yet`);
  }
  if (options.stage) throw new UsageError("To stage trials, use '--stage-trials'");

  const runsDir = ensureRunsDir(workspace);
  const { operation, projectDir } = script;
  const done = options.needed ? await completedRuns(runsDir, script) : undefined;
  const { label } = options;
  const batch = await makeBatch(runsDir, { projectDir, operation, values, trials, label, done });
  const scope = await scopeOf(options, workspace);
  if (!options.stageTrials) {
    await runTrials(batch, { ...options, scope });
    return true;
  }
  for (const trial of batch.trials.filter((each) => !each.reused)) {
    await stageTrial(batch, trial, scope);
  }
  note(`staged ${trials.length} trials; start them with: runlit resume ${batch.run.name}`);
  print(batch.run.id);
  return true;
}

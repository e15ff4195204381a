/**
 * `runlit run script.py flag=[a,b]`: makes a batch of a script's trials, and runs them.
 *
 * @module
 */

import type { BatchLayout } from "../../lib/batch/batch.ts";
import { makeBatch } from "../../lib/batch/make_batch.ts";
import { stageTrials } from "../../lib/batch/stage_trials.ts";
import { planScript } from "../../lib/project/plan_script.ts";
import { openRun } from "../../lib/run/open_run.ts";
import type { FoundScript } from "./find_script.ts";
import { completedRuns, makeTrials, planTrials, type TrialOptions } from "./plan_batch.ts";
import { scriptValues } from "./plan_script_run.ts";
import { note, print } from "./print.ts";
import { batchJson, runJson } from "./run_json.ts";
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

const TRIAL_OPTIONS = {
  jobs: "--jobs",
  failFast: "--fail-fast",
  needed: "--needed",
  maxTrials: "--max-trials",
  randomSeed: "--random-seed",
  sampler: "--sampler",
  printTrials: "--print-trials",
  saveTrials: "--save-trials",
  stageTrials: "--stage-trials",
} as const;

/** Refuses options of batches for what has no trials: it would be run, and they do nothing. */
export function checkNoTrials(options: BatchOptions, operation: string | undefined): void {
  const what = operation === undefined ? "the default operation" : `'${operation}'`;
  for (const [name, option] of Object.entries(TRIAL_OPTIONS)) {
    if (options[name as keyof typeof TRIAL_OPTIONS] === undefined) continue;
    throw new UsageError(
      `'${option}' is for scripts, and ${what} is none: 'script = "PATH"' makes an operation one`,
    );
  }
}

/**
 * Runs a batch if the words mean one; returns whether there is nothing left to be done. One run that
 * is needed no more is nothing to be done either.
 */
export async function runScriptBatch(
  workspace: Workspace,
  script: FoundScript,
  words: readonly string[],
  options: BatchOptions,
): Promise<boolean> {
  const planned = await planTrials(script, words, options);
  if (planned === null) {
    if (!options.stageTrials) return await isDone(workspace, script, words, options);
    throw new UsageError("There are no trials to stage: give a flag a list, such as lr=[0.1,0.2]");
  }
  const { values, space } = planned;
  if (options.saveTrials !== undefined) saveTrials(options.saveTrials, space);
  if (options.printTrials || options.dryRun) await printTrials(space, options);
  if (options.saveTrials !== undefined || options.printTrials || options.dryRun) return true;
  if (options.stage) throw new UsageError("To stage trials, use '--stage-trials'");
  const trials = await makeTrials(planned, script, options);

  const runsDir = ensureRunsDir(workspace);
  const { operation, projectDir } = script;
  const { label, layout } = options;
  const done = options.needed ? await completedRuns(runsDir, script, layout) : undefined;
  const scope = await scopeOf(options, workspace);
  const batch = await makeBatch(runsDir, {
    ...{ projectDir, operation, values, trials, label, done, layout },
    withoutSecrets: scope.scope !== "off",
    onWarning: scope.onWarning,
  });
  if (!options.stageTrials) {
    await runTrials(batch, { ...options, scope });
    return true;
  }
  await stageTrials(batch, scope);
  const count = batch.trials.filter(({ reused }) => !reused).length;
  if (options.json) {
    const completed = batch.trials.length - count;
    print(JSON.stringify(await batchJson({ batch, completed, failed: 0, pending: count })));
    return true;
  }
  note(`staged ${count} trials; start them with: runlit resume ${batch.run.name}`);
  print(batch.run.id);
  return true;
}

/** Whether a completed run has the same values, and no other is wanted; then that is the result. */
async function isDone(
  { runsDir }: Workspace,
  script: FoundScript,
  words: readonly string[],
  { needed, layout, json }: BatchOptions,
): Promise<boolean> {
  if (!needed) return false;
  const values = await scriptValues(script, words);
  const { config } = await planScript(script.projectDir, script.operation, { values });
  const done = (await completedRuns(runsDir, script, layout))(config);
  if (done === undefined) return false;
  if (json) print(JSON.stringify(await runJson(await openRun(done, { runsDir }))));
  return true;
}

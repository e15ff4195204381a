/**
 * `runlit resume`: runs what is missing of a batch, or has failed.
 *
 * @module
 */

import type { Command } from "commander";
import { isBatch, readBatch } from "../../lib/batch/batch.ts";
import { batchTrials } from "../../lib/store/batch_trials.ts";
import { findRun } from "../cli/find_runs.ts";
import { parseDuration } from "../cli/parse_duration.ts";
import { parseJobs } from "../cli/parse_jobs.ts";
import { note, print } from "../cli/print.ts";
import { batchJson } from "../cli/run_json.ts";
import { runTrials } from "../cli/run_trials.ts";
import { addScopeOption, scopeOf, type ScopeOptions } from "../cli/scope_options.ts";
import {
  addDurabilityOption,
  addWorkspaceOptions,
  openWorkspace,
  type WorkspaceOptions,
} from "../cli/workspace.ts";

interface ResumeOptions extends WorkspaceOptions, ScopeOptions {
  jobs?: number;
  failFast?: true;
  json?: true;
  timeLimit?: number;
}

export function define(command: Command): void {
  addScopeOption(addDurabilityOption(addWorkspaceOptions(
    command.argument("<batch>", "ID or its beginning, name, number in the list"),
  )))
    .option("-j, --jobs <count>", "trials at a time", parseJobs)
    .option("--fail-fast", "start no more trials once one has failed")
    .option("--time-limit <time>", "end each trial after that time: 90s, 15min, 2h", parseDuration)
    .option("--json", "print the batch as an object; what trials print goes to stderr")
    .addHelpText(
      "after",
      "\nTrials that are completed are not run again. One that failed gets a new run.\n",
    )
    .action(resume);
}

async function resume(spec: string, options: ResumeOptions): Promise<void> {
  const workspace = await openWorkspace(options);
  const run = await findRun(workspace, spec);
  if (isBatch(run) && run.status === "completed") {
    const trials = batchTrials(run).map((id) => ({ id }));
    const counts = { completed: trials.length, failed: 0, pending: 0 };
    if (options.json) print(JSON.stringify(await batchJson({ batch: { run, trials }, ...counts })));
    return note(`All trials of ${run.name} are completed`);
  }
  await runTrials(readBatch(run), { ...options, scope: await scopeOf(options, workspace) });
}

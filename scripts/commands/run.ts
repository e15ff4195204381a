/**
 * `runlit run`: makes a run of an operation and takes it through every phase.
 *
 * @module
 */

import type { Command } from "commander";
import { isBatch } from "../../lib/batch/batch.ts";
import { parseAssignments } from "../../lib/config/parse_assignments.ts";
import { isGuildMeta } from "../../lib/meta/guild/is_guild_meta.ts";
import { suggest } from "../../lib/suggest.ts";
import { getOperation } from "../../lib/project/get_operation.ts";
import type { Project } from "../../lib/project/load_project.ts";
import { planRun, type RunPlan } from "../../lib/project/plan_run.ts";
import { planScript } from "../../lib/project/plan_script.ts";
import type { Config, OpDef, Run } from "../../lib/types.ts";
import {
  type CarryOutOptions,
  closingLine,
  execute,
  makeAndInit,
  seal,
  stage,
} from "../cli/carry_out.ts";
import { canAsk, confirm } from "../cli/confirm.ts";
import { findRun } from "../cli/find_runs.ts";
import { findScript, type FoundScript } from "../cli/find_script.ts";
import { parseDuration } from "../cli/parse_duration.ts";
import { scriptValues } from "../cli/plan_script_run.ts";
import { formatPreview, previewRun } from "../cli/preview.ts";
import { note, print } from "../cli/print.ts";
import { parseJobs, parseSeed } from "../cli/parse_jobs.ts";
import { type BatchOptions, checkNoTrials, runScriptBatch } from "../cli/run_script_batch.ts";
import { runJson } from "../cli/run_json.ts";
import { tellStaged } from "../cli/tell_staged.ts";
import { UsageError } from "../cli/usage_error.ts";
import { addScopeOption, scopeOf } from "../cli/scope_options.ts";
import {
  addDurabilityOption,
  addWorkspaceOptions,
  ensureRunsDir,
  openWorkspace,
  requireProject,
  type Workspace,
  type WorkspaceOptions,
} from "../cli/workspace.ts";

interface RunOptions extends WorkspaceOptions, BatchOptions {
  label?: string;
  stage?: true;
  start?: string;
  dryRun?: true;
  yes?: true;
  json?: true;
  timeLimit?: number;
  layout?: "json" | "guild" | "guild-2019";
}

export function define(command: Command): void {
  addScopeOption(addDurabilityOption(addWorkspaceOptions(
    command
      .argument("[operation]", "operation of the project, or a script; the default one if left out")
      .argument("[config...]", "config values, or flags of the script: key=value"),
  )))
    .option("-l, --label <text>", "label of the run; ${lr} is the value of a script's flag")
    .option("--stage", "stage the run, but do not start it")
    .option("--start <run>", "start a staged run")
    .addOption(
      command.createOption("--layout <layout>", "whose files to write: Guild's are for scripts")
        .choices(["json", "guild", "guild-2019"]),
    )
    .option("-j, --jobs <count>", "trials at a time", parseJobs)
    .option("--fail-fast", "start no more trials once one has failed")
    .option("--needed", "leave out what a completed run has done already")
    .option("-m, --max-trials <count>", "at most that many trials, chosen at random", parseJobs)
    .option("--random-seed <seed>", "seed of all that is random", parseSeed)
    .addOption(
      command.createOption("--sampler <name>", "sample values instead of trying all combinations")
        .choices(["random", "lhs", "sobol"]),
    )
    .option("--print-trials", "print the trials, and run nothing")
    .option("--save-trials <file>", "save the trials as .csv or .json, and run nothing")
    .option("--stage-trials", "stage the trials, but do not start them")
    .option("-n, --dry-run", "show what would be run, and do nothing")
    .option("-y, --yes", "do not ask")
    .option("--time-limit <time>", "end the command after that time: 90s, 15min, 2h", parseDuration)
    .option("--json", "print the run as an object; the command's output goes to stderr")
    .addHelpText("after", EXAMPLES)
    .action(runOperation);
}

const EXAMPLES = `
Examples:
  runlit run                      the project's default operation
  runlit run train lr=0.1         with another config value
  runlit run say.py msg=hi        a script, which needs no project file
  runlit run say.py msg=[a,b]     a trial for each value; @trials.csv for each row
  runlit run train --stage        everything but the command itself
  runlit run --start @latest      start what was staged

The exit code is the command's, or 128 and the number of the signal that ended it.
`;

async function runOperation(
  operation: string | undefined,
  words: string[],
  options: RunOptions,
): Promise<void> {
  const workspace = await openWorkspace(options, { quiet: options.start === undefined });
  if (options.start !== undefined) {
    if (operation !== undefined) {
      throw new UsageError("A staged run has its operation and config: '--start' takes no others");
    }
    const run = await findRun(workspace, options.start);
    if (isBatch(run)) {
      throw new UsageError(
        `Run '${run.name}' is a batch, whose trials are run with: runlit resume ${run.name}`,
      );
    }
    return await startRun(run, workspace, options);
  }
  const script = await findScript(workspace, operation, options);
  // Before anything that an operation would be told about its options.
  if (script === null && workspace.problem !== undefined) throw workspace.problem;
  // Without a name the first word is a value, of the default operation's.
  const isValue = script !== null && operation?.includes("=") &&
    script.operation.opdef.name !== operation;
  const given = isValue ? [operation!, ...words] : words;
  if (script === null) checkNoTrials(options, operation);
  else if (await runScriptBatch(workspace, script, given, options)) return;
  const { dir, plan, changed, values } = script !== null
    ? await planForScript(script, given, options)
    : await planFor(workspace, operation, words, options);
  if (options.layout !== undefined && options.layout !== "json") {
    const { checkGuildLayout, runInGuildLayout } = await import("../cli/run_in_guild_layout.ts");
    checkGuildLayout(script, options);
    if (!(await agreed(workspace, plan, changed, options))) return;
    const what = { script: script!, plan, values, runsDir: workspace.runsDir };
    return await runInGuildLayout(what, options, await carryOut(workspace, options));
  }
  if (!(await agreed(workspace, plan, changed, options))) return;

  const carry = await carryOut(workspace, options, plan.opdef);
  const run = await makeAndInit(ensureRunsDir(workspace), dir, plan);
  await stage(run, dir, carry);
  if (options.stage) return await tellStaged(run, options);
  await startRun(run, workspace, options);
}

interface Planned {
  readonly dir: string;
  readonly plan: RunPlan;
  /** Config that was asked for. */
  readonly changed: readonly string[];
  readonly values: Config;
}

async function planForScript(
  script: FoundScript,
  words: readonly string[],
  { label }: RunOptions,
): Promise<Planned> {
  const { operation, projectDir: dir } = script;
  const values = await scriptValues(script, words);
  const plan = await planScript(dir, operation, { values, label });
  return { dir, plan, changed: Object.keys(values), values };
}

async function planFor(
  workspace: Workspace,
  operation: string | undefined,
  words: readonly string[],
  { label }: RunOptions,
): Promise<Planned> {
  const { opdef, config } = whatToRun(await requireProject(workspace), operation, words);
  const { dir } = workspace.location;
  const plan = await planRun(dir, opdef, {
    config,
    typed: true,
    label,
    exclude: [workspace.runsDir],
  });
  return { dir, plan, changed: Object.keys(config), values: config };
}

/** The first word may be a config value: then the operation is the default one. */
function whatToRun(
  project: Project,
  first: string | undefined,
  words: readonly string[],
): { opdef: OpDef; config: Config } {
  const isName = first !== undefined &&
    (project.operations.some((op) => op.name === first) || !first.includes("="));
  const assignments = first === undefined || isName ? words : [first, ...words];
  const stray = assignments.find((word) => !word.includes("="));
  if (stray !== undefined) {
    const near = suggest(stray, project.operations.map((op) => op.name));
    throw new UsageError(
      `'${stray}' is not a config value, which would be ${near ?? stray}=VALUE; ` +
        "one operation can be run at a time",
    );
  }
  return {
    opdef: getOperation(project, isName ? first : undefined),
    config: parseAssignments(assignments),
  };
}

/** Shows what is going to be run, and asks where there is somebody to ask. */
async function agreed(
  workspace: Workspace,
  plan: RunPlan,
  changed: readonly string[],
  options: RunOptions,
): Promise<boolean> {
  if (options.dryRun) {
    const preview = await previewRun(workspace, plan, options);
    if (options.json) print(JSON.stringify(preview));
    else formatPreview(preview, changed).forEach((line) => print(line));
    return false;
  }
  if (options.yes || options.json || !canAsk()) return true;
  formatPreview(await previewRun(workspace, plan, options), changed).forEach((line) => note(line));
  return await confirm(options.stage ? "Stage this run?" : "Run this?");
}

/** Executes a staged run and seals it; the exit code is the command's. */
async function startRun(run: Run, workspace: Workspace, options: RunOptions): Promise<void> {
  const carry = await carryOut(workspace, options);
  if (isGuildMeta(run.metaDir)) {
    const { startInGuildLayout } = await import("../cli/run_in_guild_layout.ts");
    return await startInGuildLayout(run, options, carry);
  }
  const result = await execute(run, carry);
  const sealed = await seal(run, carry);
  if (options.json) print(JSON.stringify(await runJson(sealed)));
  else await closingLine(sealed, result);
}

async function carryOut(
  workspace: Workspace,
  options: RunOptions,
  opdef?: OpDef,
): Promise<CarryOutOptions> {
  return {
    ...await scopeOf(options, workspace, opdef),
    timeLimit: options.timeLimit,
    output: options.json ? "stderr" : "stdout",
  };
}

/**
 * Runs in Guild's layout: `runlit run --layout guild`, and `--start` of what was staged so.
 *
 * @module
 */

import { mkdirSync } from "node:fs";
import { execGuildRun } from "../../lib/guild/exec_guild_run.ts";
import {
  type GuildRun,
  type GuildVersion,
  initGuildRun,
  makeGuildRun,
} from "../../lib/guild/guild_run.ts";
import { stageGuildRun } from "../../lib/guild/stage_guild_run.ts";
import type { RunPlan } from "../../lib/project/plan_run.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import type { Config, Run } from "../../lib/types.ts";
import { type CarryOutOptions, closingLine, exitCode } from "./carry_out.ts";
import { surviveClosedPipe } from "./closed_pipe.ts";
import type { FoundScript } from "./find_script.ts";
import { pass, print } from "./print.ts";
import { runJson } from "./run_json.ts";
import { trapSignals } from "./signals.ts";
import { tellStaged } from "./tell_staged.ts";
import { UsageError } from "./usage_error.ts";

/** Options of runs in Guild's layout, which are some of `runlit run`. */
export interface GuildLayoutOptions {
  layout?: string;
  label?: string;
  stage?: true;
  json?: true;
}

/** What to run, and how. */
export interface GuildLayoutRun {
  readonly script: FoundScript;
  readonly plan: RunPlan;
  /** Values that were asked for. */
  readonly values: Config;
  readonly runsDir: string;
}

/** Refuses what the layout has no place for. */
export function checkGuildLayout(script: FoundScript | null, { layout }: GuildLayoutOptions): void {
  if (script === null) throw new UsageError(`Only scripts can be run with '--layout ${layout}'`);
}

/** Runs a script, or stages it; sets the exit code to the command's. */
export async function runInGuildLayout(
  { script, plan, values, runsDir }: GuildLayoutRun,
  options: GuildLayoutOptions,
  carry: CarryOutOptions,
): Promise<void> {
  const label = plan.userAttrs?.label as string | undefined;
  const version: GuildVersion = options.layout === "guild" ? "0.9" : "2019";
  mkdirSync(runsDir, { recursive: true });
  const guildRun = makeGuildRun(runsDir);
  const { operation, projectDir } = script;
  const { config: flags, cmd: { args: command } } = plan;
  const init = { projectDir, operation, flags, userFlags: values, command, label, version };
  const { scope, onWarning } = carry;
  await initGuildRun(guildRun, { ...init, withoutSecrets: scope !== "off", onWarning });
  if (!options.stage) return await execute(guildRun, options, carry);
  stageGuildRun(guildRun);
  await tellStaged(await openRun(guildRun.runDir), options);
}

/** Starts a run that was staged, by Runlit or by Guild. */
export async function startInGuildLayout(
  run: Run,
  options: GuildLayoutOptions,
  carry: CarryOutOptions,
): Promise<void> {
  const status = await runStatus(run);
  if (status !== "staged" && status !== "pending") {
    throw new Error(`Cannot start run '${run.id}': it is ${status}, not staged`);
  }
  await execute({ id: run.id, runDir: run.runDir }, options, carry);
}

async function execute(
  run: GuildRun,
  options: GuildLayoutOptions,
  carry: CarryOutOptions,
): Promise<void> {
  const { output, ...phase } = carry;
  surviveClosedPipe();
  const trap = trapSignals();
  try {
    const result = await execGuildRun(run, {
      ...phase,
      stdin: "inherit",
      signal: trap.signal,
      force: trap.force,
      onOutput: (chunk, stream) =>
        pass(chunk, stream === 1 || output === "stderr" ? "stderr" : "stdout"),
    });
    process.exitCode = exitCode(result) || process.exitCode;
    const done = await openRun(run.runDir);
    if (options.json) print(JSON.stringify(await runJson(done)));
    else await closingLine(done, result);
  } finally {
    trap.release();
  }
}

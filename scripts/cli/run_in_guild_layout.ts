/**
 * `runlit run --layout guild`: runs a script as Guild would, and leaves Guild's files.
 *
 * @module
 */

import { mkdirSync } from "node:fs";
import { constants } from "node:os";
import { execGuildRun } from "../../lib/guild/exec_guild_run.ts";
import { type GuildVersion, initGuildRun, makeGuildRun } from "../../lib/guild/guild_run.ts";
import type { CommandResult } from "../../lib/phases/run_command.ts";
import type { RunPlan } from "../../lib/project/plan_run.ts";
import { runName } from "../../lib/meta/run_name.ts";
import type { Config } from "../../lib/types.ts";
import type { FoundScript } from "./find_script.ts";
import { note, print, printRaw } from "./print.ts";
import { shortPath } from "./carry_out.ts";
import { scopeOf, type ScopeOptions } from "./scope_options.ts";
import { UsageError } from "./usage_error.ts";
import type { Workspace } from "./workspace.ts";
import { trapSignals } from "./signals.ts";

/** Options of runs in Guild's layout, which are some of `runlit run`. */
export interface GuildLayoutOptions extends ScopeOptions {
  layout?: string;
  label?: string;
  stage?: true;
  timeLimit?: number;
  json?: true;
}

/** What to run, and how. */
export interface GuildLayoutRun {
  readonly script: FoundScript;
  readonly plan: RunPlan;
  /** Values that were asked for. */
  readonly values: Config;
  readonly workspace: Workspace;
  readonly options: GuildLayoutOptions;
}

/** Refuses what the layout has no place for. */
export async function checkGuildLayout(
  workspace: Workspace,
  script: FoundScript | null,
  options: GuildLayoutOptions,
): Promise<void> {
  const { layout, stage } = options;
  if (script === null) throw new UsageError(`Only scripts can be run with '--layout ${layout}'`);
  if (stage) throw new UsageError(`'--stage' does not go with '--layout ${layout}'`);
  if ((await scopeOf(options, workspace)).scope === "require") {
    throw new UsageError(
      `Runs of '--layout ${layout}' are not scoped, and '--scope require' asks it`,
    );
  }
}

/** Runs a script; sets the exit code to the command's. */
export async function runInGuildLayout(what: GuildLayoutRun): Promise<void> {
  const { script, plan, values, workspace: { runsDir }, options } = what;
  const { label, timeLimit, json } = options;
  const version: GuildVersion = options.layout === "guild" ? "0.9" : "2019";
  mkdirSync(runsDir, { recursive: true });
  const run = makeGuildRun(runsDir);
  const { operation, projectDir } = script;
  const flags = plan.config;
  await initGuildRun(run, { projectDir, operation, flags, userFlags: values, label, version });
  const trap = trapSignals();
  let result: CommandResult;
  try {
    result = await execGuildRun(run, {
      timeLimit,
      stdin: "inherit",
      signal: trap.signal,
      force: trap.force,
      onOutput: async (chunk, stream) => {
        if (stream === 1 || json) process.stderr.write(chunk);
        else await printRaw(chunk);
      },
    });
  } finally {
    trap.release();
  }
  process.exitCode = result.signal === null
    ? result.exitCode ?? 1
    : 128 + (constants.signals[result.signal as NodeJS.Signals] ?? 0);
  const status = result.ok ? "completed" : result.message ?? "failed";
  if (json) {
    const { id, runDir } = run;
    print(JSON.stringify({ id, name: runName(id), runDir, config: flags, exit: result.exitCode }));
  } else note(`${status} ${runName(run.id)}: ${shortPath(run.runDir)}`);
}

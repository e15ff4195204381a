/**
 * Makes a batch.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { copyFiles } from "../files/copy_files.ts";
import { parseFilePatterns } from "../files/parse_file_patterns.ts";
import { selectFiles } from "../files/select_files.ts";
import { expandLabel, isLabelTemplate } from "../guild/expand_label.ts";
import { flagLabel } from "../guild/flag_label.ts";
import { initGuildBatch } from "../guild/guild_batch.ts";
import { guildCommand, makeGuildRun } from "../guild/guild_run.ts";
import { isTrialValue } from "../guild/parse_flags.ts";
import type { ScriptOperation } from "../guild/script_operation.ts";
import { logRunner } from "../meta/runner_log.ts";
import { leaveOutSecrets } from "../phases/scope/leave_out_secrets.ts";
import { planScript } from "../project/plan_script.ts";
import { finalizeStagedRun } from "../run/finalize_staged_run.ts";
import { initRunMeta } from "../run/init_run_meta.ts";
import { makeRun } from "../run/make_run.ts";
import { openRun } from "../run/open_run.ts";
import type { Config, JsonObject, Run } from "../types.ts";
import { type Batch, type BatchLayout, type BatchTrial, writeBatch } from "./batch.ts";
import { layoutOf } from "./trial_run.ts";

/** What a batch is made of. */
export interface BatchInit {
  readonly projectDir: string;
  readonly operation: ScriptOperation;
  /** Values as they were given, with the lists and ranges. */
  readonly values: Config;
  /** Values of each trial. */
  readonly trials: readonly Config[];
  /**
   * Label of the batch; or, with values of flags in it, of each trial. Default: none for the batch,
   * and the flags for a trial.
   */
  readonly label?: string;
  /** ID of a run that is as good as a new one with these values. Default: there is none. */
  readonly done?: (config: Config) => string | undefined;
  /** Layout of the batch, and of its trials. Default: `json`. */
  readonly layout?: BatchLayout;
  /**
   * Leaves `.env` files that no pattern names out of the source code, as of scoped runs. Default: if
   * the operation has permissions.
   */
  readonly withoutSecrets?: boolean;
  /** Is given each warning. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Makes a batch and plans its trials; no trial is made yet. Every value is checked before anything
 * is created. The project's source code is copied once, so that all trials have the same.
 *
 * @throws {FlagError} A flag cannot have a value, or a required one has none.
 */
export async function makeBatch(runsDir: string, init: BatchInit): Promise<Batch> {
  const { layout = "json" } = init;
  const projectDir = resolve(init.projectDir);
  const trials = await planTrials(init);
  const { permissions } = trials[0].plan.opdef.data;
  const { withoutSecrets = permissions !== undefined } = init;
  if (layout === "json") {
    const run = await initBatch(runsDir, { ...init, withoutSecrets }, trials[0].plan);
    const batch = { run, layout, projectDir, trials };
    writeBatch(batch);
    await finalizeStagedRun(run);
    return batch;
  }
  const guildRun = makeGuildRun(runsDir);
  const { operation, values } = init;
  const label = batchLabel(init);
  const hasLists = operation.flags.some((flag) => isTrialValue(flag, values[flag.name] ?? null));
  await initGuildBatch(guildRun, {
    ...{ projectDir, operation, values, label },
    withoutSecrets,
    onWarning: init.onWarning,
    rows: hasLists ? undefined : init.trials,
    version: layout === "guild" ? "0.9" : "2019",
  });
  const batch = { run: await openRun(guildRun.runDir), layout, projectDir, trials };
  writeBatch(batch);
  return batch;
}

async function planTrials(init: BatchInit): Promise<BatchTrial[]> {
  const { operation, layout = "json", done, label = "" } = init;
  const { newId } = layoutOf({ layout });
  const projectDir = resolve(init.projectDir);
  const version = layout === "guild" ? "0.9" : "2019";
  const trials: BatchTrial[] = [];
  const isFile = (path: string) => existsSync(resolve(projectDir, path));
  for (const each of init.trials) {
    const planned = await planScript(projectDir, operation, { values: each });
    const { opref, opdef, config } = planned;
    const name = isLabelTemplate(label)
      ? expandLabel(label, config, { flags: operation.flags, isFile })
      : flagLabel(config, { flags: operation.flags, isFile });
    const userAttrs: JsonObject = name === "" ? {} : { label: name };
    const command = planned.cmd.args;
    const cmd = layout === "json" ? planned.cmd : {
      args: guildCommand({ projectDir, operation, flags: config, command, version }),
      env: {},
    };
    const plan: BatchTrial["plan"] = { opref, opdef, cmd, config, userAttrs };
    const found = done?.(config);
    trials.push(found === undefined ? { id: newId(), plan } : { id: found, plan, reused: true });
  }
  return trials;
}

/** The batch's own label: not that of its trials. */
function batchLabel({ label }: BatchInit): string | undefined {
  return label === undefined || isLabelTemplate(label) ? undefined : label;
}

async function initBatch(
  runsDir: string,
  init: BatchInit,
  { opref, opdef }: BatchTrial["plan"],
): Promise<Run> {
  const { projectDir, values } = init;
  const label = batchLabel(init);
  const name = `${opref.name}+`;
  const run = await makeRun(runsDir, { opref: { ...opref, name } });
  await initRunMeta(run, {
    opdef: { name, data: { batch: opdef.data } },
    cmd: { args: ["runlit", "resume", run.id], env: {} },
    config: values,
    userAttrs: label === undefined ? {} : { label },
  });
  const rules = parseFilePatterns(opdef.data.sourcecode);
  const selected = await selectFiles(projectDir, rules, { exclude: [resolve(runsDir)] });
  const { files, warnings } = init.withoutSecrets ? leaveOutSecrets(selected, rules) : selected;
  for (const { message } of warnings) {
    logRunner(run, `Warning: ${message}`);
    init.onWarning?.(message);
  }
  await copyFiles(files, join(run.runDir, "proto"));
  return run;
}

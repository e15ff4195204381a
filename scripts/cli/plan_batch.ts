/**
 * From the words of a command line to a batch.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { BatchLayout } from "../../lib/batch/batch.ts";
import { guildScriptRef } from "../../lib/guild/guild_script_ref.ts";
import { isTrialValue } from "../../lib/guild/parse_flags.ts";
import { readTrialsFile } from "../../lib/guild/read_trials_file.ts";
import { type Sampler, type TrialSpace, trialSpace } from "../../lib/guild/trial_space.ts";
import { isGuildMeta } from "../../lib/meta/guild/is_guild_meta.ts";
import { planScript } from "../../lib/project/plan_script.ts";
import { listRuns, type RunInfo } from "../../lib/store/list_runs.ts";
import type { Config } from "../../lib/types.ts";
import { canAsk, confirm } from "./confirm.ts";
import type { FoundScript } from "./find_script.ts";
import { flagContext, scriptValues } from "./plan_script_run.ts";
import { note } from "./print.ts";
import { UsageError } from "./usage_error.ts";

/** Options of commands that make trials. */
export interface TrialOptions {
  directory?: string;
  label?: string;
  maxTrials?: number;
  randomSeed?: number;
  sampler?: Sampler;
  printTrials?: true;
  saveTrials?: string;
  yes?: true;
}

/** Trials that may be run. */
export interface PlannedTrials {
  /** Values as they were given. */
  readonly values: Config;
  readonly space: TrialSpace;
}

/** More trials than this are run only if somebody says so. */
const MANY = 1000;

/** Plans trials, none of which is made yet; null if the words mean one run. */
export async function planTrials(
  script: FoundScript,
  words: readonly string[],
  options: TrialOptions,
): Promise<PlannedTrials | null> {
  const { operation, projectDir } = script;
  const files = words.filter((word) => word.startsWith("@")).map((word) => word.slice(1));
  const values = await scriptValues(script, words.filter((word) => !word.startsWith("@")));
  const isTried = (name: string) =>
    isTrialValue(operation.flags.find((flag) => flag.name === name)!, values[name]);
  const { sampler, maxTrials, printTrials, saveTrials } = options;
  const wanted = sampler !== undefined || printTrials || saveTrials !== undefined;
  if (files.length === 0 && !wanted && !Object.keys(values).some(isTried)) return null;

  const rows: Config[] = [];
  for (const file of files) {
    const path = resolve(options.directory ?? ".", file);
    // One by one: a call cannot have as many arguments as a file rows.
    for (
      const row of await readTrialsFile(path, operation.flags, flagContext(operation, projectDir))
    ) {
      rows.push(row);
    }
  }
  const seed = options.randomSeed ?? Math.floor(Math.random() * 2 ** 32);
  const space = trialSpace(values, {
    flags: operation.flags,
    rows: files.length === 0 ? undefined : rows,
    sampler,
    maxTrials,
    seed,
  });
  // What a script cannot run is found before anybody is asked, or a million trials are printed.
  await planScript(projectDir, operation, { values: space.trials().next().value! });
  const { count, total } = space;
  // A seed that nobody chose can be had again.
  if (count < total && options.randomSeed === undefined) note(`random seed: ${seed}`);
  if (count < total && total !== Infinity) note(`${count} of ${total} combinations`);
  return { values, space };
}

/** Makes the trials, each of which the script can run; asks first if there are many. */
export async function makeTrials(
  { space }: PlannedTrials,
  { operation, projectDir }: FoundScript,
  { label, maxTrials, yes }: TrialOptions,
): Promise<readonly Config[]> {
  if (space.count > MANY && maxTrials === undefined && !yes) {
    const many = `${space.count} trials`;
    if (!canAsk()) {
      throw new UsageError(`These are ${many}: say '--yes', or choose some with '--max-trials'`);
    }
    if (!(await confirm(`Run ${many}?`))) throw new UsageError(`${many} were not wanted`);
  }
  const trials = [...space.trials()];
  for (const each of trials) await planScript(projectDir, operation, { values: each, label });
  return trials;
}

/** Finds completed runs of the script with the same values (`--needed`), in the same layout. */
export async function completedRuns(
  runsDir: string,
  script: FoundScript,
  layout: BatchLayout = "json",
): Promise<(config: Config) => string | undefined> {
  if (!existsSync(runsDir)) return () => undefined;
  const { runs } = await listRuns(runsDir, { config: true });
  const { projectDir, operation } = script;
  let isSame: (run: RunInfo) => boolean;
  if (layout === "json") {
    const flags = operation.flags.map((flag) => ({ ...flag, required: false }));
    const { opref } = await planScript(projectDir, { ...operation, flags });
    isSame = (run) => isDeepStrictEqual(run.opref, opref);
  } else {
    const opref = guildScriptRef(projectDir, operation, layout === "guild" ? "0.9" : "2019");
    isSame = ({ metaDir }) =>
      isGuildMeta(metaDir) && readFileSync(join(metaDir, "opref"), "utf8").trim() === opref;
  }
  const done = runs.filter((run) => run.status === "completed" && isSame(run));
  return (config) => {
    // As it is read from JSON, which knows no difference between 0 and -0.
    const same = done.find((run) => isDeepStrictEqual(run.config, { ...config }));
    if (same !== undefined) note(`Done already by ${same.name}`);
    return same?.id;
  };
}

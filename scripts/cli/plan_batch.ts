/**
 * From the words of a command line to a batch.
 *
 * @module
 */

import { existsSync, writeFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expandTrials, type Sampler } from "../../lib/guild/expand_trials.ts";
import { formatFlagValue } from "../../lib/guild/format_flag_value.ts";
import { isTrialValue } from "../../lib/guild/parse_flags.ts";
import { readTrialsFile } from "../../lib/guild/read_trials_file.ts";
import { encodePythonJson } from "../../lib/meta/python_json.ts";
import { planScript } from "../../lib/project/plan_script.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import type { Config, JsonValue } from "../../lib/types.ts";
import { canAsk, confirm } from "./confirm.ts";
import type { FoundScript } from "./find_script.ts";
import { flagContext, scriptValues } from "./plan_script_run.ts";
import { note, print } from "./print.ts";
import { formatTable, terminalWidth } from "./table.ts";
import { UsageError } from "./usage_error.ts";

/** Options of commands that make trials. */
export interface TrialOptions {
  directory?: string;
  maxTrials?: number;
  randomSeed?: number;
  sampler?: Sampler;
  printTrials?: true;
  saveTrials?: string;
  yes?: true;
}

/** Trials to be run. */
export interface PlannedTrials {
  /** Values as they were given. */
  readonly values: Config;
  readonly trials: readonly Config[];
}

/** More trials than this are run only if somebody says so. */
const MANY = 1000;

/** Plans trials; null if the words mean one run. */
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
    rows.push(...await readTrialsFile(path, operation.flags, flagContext(operation, projectDir)));
  }
  const seed = options.randomSeed ?? Math.floor(Math.random() * 2 ** 32);
  const { trials, total } = expandTrials(values, {
    flags: operation.flags,
    rows: files.length === 0 ? undefined : rows,
    sampler,
    maxTrials,
    seed,
  });
  if (trials.length === 0) throw new UsageError("There are no trials: the file has no rows");
  for (const each of trials) await planScript(projectDir, operation, { values: each });
  if (trials.length > MANY && maxTrials === undefined && !options.yes && !printTrials) {
    const many = `${trials.length} trials`;
    if (!canAsk()) {
      throw new UsageError(`These are ${many}: say '--yes', or choose some with '--max-trials'`);
    }
    if (!(await confirm(`Run ${many}?`))) throw new UsageError(`${many} were not wanted`);
  }
  // A seed that nobody chose can be had again.
  if (trials.length < total && options.randomSeed === undefined) note(`random seed: ${seed}`);
  if (trials.length < total && total !== Infinity) {
    note(`${trials.length} of ${total} combinations`);
  }
  return { values, trials };
}

/** Prints trials as a table of what differs from the script's own values, and what was given. */
export function printTrials(trials: readonly Config[]): void {
  const names = namesOf(trials);
  const width = terminalWidth();
  const rows = trials.map((trial, i) => [
    String(i + 1),
    ...names.map((name) => trial[name] === undefined ? "" : formatFlagValue(trial[name])),
  ]);
  const columns = ["#", ...names].map((title) => ({ title }));
  if (width === undefined) print(columns.map((column) => column.title).join("\t"));
  print(formatTable(columns, rows, { width }));
}

/** Saves trials to a file that `@FILE` reads: CSV or JSON. */
export function saveTrials(file: string, trials: readonly Config[]): void {
  const extension = extname(file).toLowerCase();
  if (extension === ".json") {
    return writeFileSync(file, `${encodePythonJson(trials, { indent: 2 })}\n`);
  }
  if (extension !== ".csv") {
    throw new UsageError(`Cannot save trials to '${file}': its name has to end in .csv or .json`);
  }
  const names = namesOf(trials);
  const cell = (value: JsonValue | undefined) => {
    const text = value === undefined ? "" : formatFlagValue(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [names, ...trials.map((trial) => names.map((name) => cell(trial[name])))];
  writeFileSync(file, lines.map((line) => `${line.join(",")}\n`).join(""));
}

function namesOf(trials: readonly Config[]): string[] {
  return [...new Set(trials.flatMap((trial) => Object.keys(trial)))].sort();
}

/** Finds completed runs of the script with the same values (`--needed`). */
export async function completedRuns(
  runsDir: string,
  script: FoundScript,
): Promise<(config: Config) => string | undefined> {
  if (!existsSync(runsDir)) return () => undefined;
  const { runs } = await listRuns(runsDir, { config: true });
  const { opref } = await planScript(script.projectDir, {
    ...script.operation,
    flags: script.operation.flags.map((flag) => ({ ...flag, required: false })),
  });
  const done = runs.filter((run) =>
    run.status === "completed" && isDeepStrictEqual(run.opref, opref)
  );
  return (config) => {
    // As it is read from JSON, which knows no difference between 0 and -0.
    const same = done.find((run) => isDeepStrictEqual(run.config, { ...config }));
    if (same !== undefined) note(`Done already by ${same.name}`);
    return same?.id;
  };
}

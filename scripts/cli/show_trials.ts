/**
 * Trials that are printed or saved, not run: however many there are, some are in memory at a time.
 *
 * @module
 */

import { closeSync, openSync, writeSync } from "node:fs";
import { extname } from "node:path";
import { formatFlagValue } from "../../lib/guild/format_flag_value.ts";
import type { TrialSpace } from "../../lib/guild/trial_space.ts";
import { encodePythonJson } from "../../lib/meta/python_json.ts";
import type { Config, JsonValue } from "../../lib/types.ts";
import { stdoutFailed } from "./closed_pipe.ts";
import { pass, print } from "./print.ts";
import { formatTable, terminalWidth } from "./table.ts";
import { UsageError } from "./usage_error.ts";

/** A table of more rows than this is no longer read on the terminal. */
const MOST_ALIGNED = 10_000;

/** Prints trials as a table of what was given; with `json`, an object for each. */
export async function printTrials(
  { names, count, trials }: TrialSpace,
  { json = false }: { json?: boolean } = {},
): Promise<void> {
  if (json) return await printLines(objects(trials()));
  const titles = ["#", ...names];
  const width = terminalWidth();
  if (width !== undefined && count <= MOST_ALIGNED) {
    const rows = [...numbered(trials(), names)];
    return print(formatTable(titles.map((title) => ({ title })), rows, { width }));
  }
  const lines = function* () {
    yield titles.join("\t");
    for (const cells of numbered(trials(), names)) yield cells.join("\t");
  };
  await printLines(lines());
}

async function printLines(lines: Iterable<string>): Promise<void> {
  for (const block of blocks(lines)) {
    if (stdoutFailed()) return;
    await pass(Buffer.from(block), "stdout");
  }
}

function* objects(trials: Iterable<Config>): Generator<string> {
  for (const trial of trials) yield encodePythonJson(trial);
}

function* numbered(trials: Iterable<Config>, names: readonly string[]): Generator<string[]> {
  let number = 0;
  for (const trial of trials) yield [String(++number), ...names.map((name) => cell(trial[name]))];
}

function cell(value: JsonValue | undefined): string {
  return value === undefined ? "" : formatFlagValue(value);
}

/** Saves trials to a file that `@FILE` reads: CSV or JSON. */
export function saveTrials(file: string, { names, trials }: TrialSpace): void {
  const extension = extname(file).toLowerCase();
  if (extension !== ".json" && extension !== ".csv") {
    throw new UsageError(`Cannot save trials to '${file}': its name has to end in .csv or .json`);
  }
  const lines = extension === ".json" ? jsonLines(trials()) : csvLines(trials(), names);
  let fd: number;
  try {
    fd = openSync(file, "w");
  } catch (cause) {
    throw new Error(`Cannot save trials to '${file}': ${(cause as Error).message}`, { cause });
  }
  try {
    for (const block of blocks(lines)) writeSync(fd, block);
  } finally {
    closeSync(fd);
  }
}

function* jsonLines(trials: Iterable<Config>): Generator<string> {
  let before: string | undefined;
  for (const trial of trials) {
    yield before === undefined ? "[" : `${before},`;
    before = `  ${encodePythonJson(trial)}`;
  }
  if (before !== undefined) yield before;
  yield "]";
}

function* csvLines(trials: Iterable<Config>, names: readonly string[]): Generator<string> {
  const quoted = (text: string) => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  yield names.map(quoted).join(",");
  for (const trial of trials) yield names.map((name) => quoted(cell(trial[name]))).join(",");
}

/** Lines in pieces of about 64 kB. */
function* blocks(lines: Iterable<string>): Generator<string> {
  let block = "";
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length < 1 << 16) continue;
    yield block;
    block = "";
  }
  if (block !== "") yield block;
}

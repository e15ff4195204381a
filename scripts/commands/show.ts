/**
 * `runlit show`: shows all that is known about a run.
 *
 * @module
 */

import type { Command } from "commander";
import { parseManifest } from "../../lib/meta/manifest.ts";
import { type OutputTail, readOutputChunks, readOutputTail } from "../../lib/meta/read_output.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { runMetaDir } from "../../lib/meta/run_paths.ts";
import { stripControl } from "../../lib/phases/strip_control.ts";
import type { Run } from "../../lib/types.ts";
import { shortPath } from "../cli/short_path.ts";
import { findRun } from "../cli/find_runs.ts";
import { formatAge, formatDuration, formatValue } from "../cli/format.ts";
import { pass, print, printRaw } from "../cli/print.ts";
import { type RunJson, runJson } from "../cli/run_json.ts";
import { styled } from "../cli/styled.ts";
import { addWorkspaceOptions, openWorkspace, type WorkspaceOptions } from "../cli/workspace.ts";

interface ShowOptions extends WorkspaceOptions {
  json?: true;
  output?: true;
  files?: true;
  log?: true;
  runDir?: true;
  metaDir?: true;
}

export function define(command: Command): void {
  addWorkspaceOptions(
    command.argument("[run]", "ID or its beginning, name, number in the list", "@latest"),
  )
    .option("--json", "print an object")
    .option("-o, --output", "print what the command printed, byte by byte")
    .option("-f, --files", "print the manifest: type, SHA-256 and path of each file")
    .option("--log", "print the runner log")
    .option("--run-dir", "print the path of the run directory")
    .option("--meta-dir", "print the path of the meta")
    .action(show);
}

async function show(spec: string, options: ShowOptions): Promise<void> {
  const run = await findRun(await openWorkspace(options), spec);
  if (options.json) return print(JSON.stringify(await runJson(run)));
  if (options.output) return await printOutput(run);
  if (options.files) return printRaw(await manifest(run));
  if (options.log) return printRaw((await runMeta.readText(run, "log/runner")) ?? "");
  if (options.runDir) return print(run.runDir);
  if (options.metaDir) return print(runMetaDir(run));
  await describe(run, await runJson(run));
}

async function manifest(run: Run): Promise<string> {
  try {
    return await runMeta.readManifest(run);
  } catch {
    return "";
  }
}

/** Files and lines of output that are shown; there are options for all of them. */
const MOST_FILES = 40;
const MOST_LINES = 20;

async function describe(run: Run, info: RunJson): Promise<void> {
  const field = (name: string, value: string) => {
    if (value !== "") print(`${styled(name.padEnd(10), "dim")} ${value}`);
  };
  print(styled(info.name, "bold") + (info.label === null ? "" : `  ${stripControl(info.label)}`));
  print();
  field("id", info.id);
  const version = info.version === null ? "" : ` v${info.version}`;
  field("operation", `${info.operation ?? ""}${version} (${info.namespace ?? ""})`);
  const exit = info.exit === null || info.exit === 0 ? "" : ` (exit code ${info.exit})`;
  field("status", `${info.status}${exit}`);
  field("started", whenStarted(info));
  const { command } = info;
  field("command", Array.isArray(command) ? command.join(" ") : String(command ?? "").trimEnd());
  if (info.batch !== null) field("batch", info.batch);
  if (info.trials !== null) field("trials", `${info.trials.length}: list --batch ${info.name}`);
  field("run dir", shortPath(info.runDir));
  field("meta", shortPath(info.metaDir));

  section("config", entries(info.config));
  section("summary", entries(info.summary));
  section("scope", scopes(info));
  await showFiles(run);
  await showOutput(run);
}

function whenStarted({ started, stopped }: RunJson): string {
  if (started === null) return "";
  const from = Date.parse(started);
  const took = stopped === null ? "" : `, took ${formatDuration(Date.parse(stopped) - from)}`;
  return `${started} (${formatAge(from)}${took})`;
}

function section(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  print();
  print(styled(title, "bold"));
  // Names of files, and a summary, are the run's own words, and must not command the terminal.
  for (const line of lines) print(`  ${stripControl(line).replaceAll("\n", " ").trimEnd()}`);
}

/** Leaves of nested tables as `a.b = value`. */
function entries(value: unknown, prefix = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const isTable = typeof item === "object" && item !== null && !Array.isArray(item);
    return isTable ? entries(item, `${prefix}${key}.`) : [`${prefix}${key} = ${formatValue(item)}`];
  });
}

/** What enforced each phase's scope; `--json` has all of it. */
function scopes({ scope }: RunJson): string[] {
  return Object.entries(scope ?? {}).map(([phase, { profile, layers, unenforced }]) => {
    const gaps = unenforced.map((part) => part.permission).join(", ");
    const by = layers.length > 0 ? `by ${layers.join(", ")}` : "nothing is enforced";
    return `${phase.padEnd(12)} ${profile}, ${by}${gaps === "" ? "" : `; not enforced: ${gaps}`}`;
  });
}

const TYPES = { g: "generated", d: "dependency", s: "source", r: "runtime" } as const;

async function showFiles(run: Run): Promise<void> {
  const files = parseManifest(await manifest(run));
  const lines = Object.entries(TYPES).flatMap(([type, title]) =>
    files.filter((file) => file.type === type).map((file) => `${title.padEnd(10)} ${file.path}`)
  );
  const more = lines.length - MOST_FILES;
  section(
    "files",
    more > 0 ? [...lines.slice(0, MOST_FILES), `… ${more} more: --files lists them`] : lines,
  );
}

async function showOutput(run: Run): Promise<void> {
  let tail: OutputTail;
  try {
    tail = await readOutputTail(run, "40_run", MOST_LINES);
  } catch {
    return;
  }
  const { before, lines } = tail;
  section(
    "output",
    before > 0 ? [`… ${before} lines before: --output prints them`, ...lines] : lines,
  );
}

/** Output may be larger than memory. */
async function printOutput(run: Run): Promise<void> {
  for await (const chunk of readOutputChunks(run, "40_run")) await pass(chunk, "stdout");
}

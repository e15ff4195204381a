/**
 * `runlit test`: runs documents, and tells whether they are true.
 *
 * @module
 */

import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import type { Command } from "commander";
import { OPTION_TABLE } from "../../repl/literate/options/option_table.ts";
import { createReporter, REPORTER_NAMES } from "../../repl/literate/report/create_reporter.ts";
import type { ExampleEvent, Reporter, TestEvent } from "../../repl/literate/report/events.ts";
import { findDocuments } from "../../repl/literate/run/find_documents.ts";
import { readLastFailed, writeLastFailed } from "../../repl/literate/run/last_failed.ts";
import { projectSettings } from "../../repl/literate/run/project_settings.ts";
import { type DocumentTarget, runDocuments } from "../../repl/literate/run/run_documents.ts";
import { canAsk } from "../cli/confirm.ts";
import { parseDuration } from "../cli/parse_duration.ts";
import { note, printRaw } from "../cli/print.ts";
import { settings } from "../cli/settings.ts";
import { trapSignals } from "../cli/signals.ts";
import { usesColor } from "../cli/styled.ts";
import { UsageError } from "../cli/usage_error.ts";

interface TestOptions {
  update?: true;
  review?: true;
  watch?: true;
  repl?: true;
  filter?: string;
  lastFailed?: true;
  failFast?: true;
  jobs?: number;
  reporter: string;
  timeout?: number;
  documentTimeout?: number;
  typecheck?: true;
  coverage?: string;
}

export function define(command: Command): void {
  command
    .argument("[documents...]", "Markdown files, file:line of an example, directories or globs")
    .option("-u, --update", "rewrite the output that failed examples expect")
    .option("--review", "the same, but ask about each change")
    .option("-w, --watch", "run documents again when they change, until Ctrl-C")
    .option("--repl", "at the first failure, open a prompt with the document's state")
    .option("-f, --filter <text>", "report only examples with this text in them")
    .option("--last-failed", "only the examples that failed last time")
    .option("--fail-fast", "stop at the first failure")
    .option("-j, --jobs <count>", "documents at a time", positive)
    .option("-r, --reporter <name>", REPORTER_NAMES.join(", "), "pretty")
    .option("--timeout <time>", "time an example may take (default: 30s)", parseDuration)
    .option("--document-timeout <time>", "time a document may take (default: 10min)", parseDuration)
    .option("--typecheck", "check the types of examples too")
    .option("--coverage <dir>", "write V8's coverage there")
    .addHelpText("after", helpOfOptions)
    .action(test);
}

/** What examples and documents can say, from the table that also reads it. */
function helpOfOptions(): string {
  const rows = OPTION_TABLE.map(({ name, kind, on, value, doc }) => {
    const takes = value === undefined ? "" : kind === "time" ? `=${value}` : `[=${value}]`;
    return `  ${`${on ? "-" : "+"}${name}${takes}`.padEnd(22)} ${on ? `off: ${doc}` : doc}`;
  });
  return [
    "",
    "Options of examples, in a comment behind the source (`>>> f()  // +parse -space`), or for a",
    "whole document in its front matter (`test-options: +parse`):",
    ...rows,
    "",
    "Exit code: 0 all passed, 1 some failed, 2 nothing was tested.",
    "",
  ].join("\n");
}

function positive(text: string): number {
  if (/^[1-9][0-9]*$/.test(text)) return Number(text);
  throw new UsageError(`'${text}' is not a number of documents`);
}

async function test(words: string[], options: TestOptions): Promise<void> {
  checkOptions(options);
  const targets = chooseTargets(words, options);
  const trap = trapSignals();
  try {
    if (options.watch) await watch(targets, options, trap.signal);
    else await runOnce(targets, options, trap.signal);
  } finally {
    trap.release();
  }
}

function checkOptions({ update, review, repl, watch, reporter }: TestOptions): void {
  if ((update || review) && process.env.CI) {
    const name = update ? "--update" : "--review";
    throw new UsageError(`Documents are not updated where CI is set: run '${name}' and commit`);
  }
  if ((repl || review) && !canAsk()) {
    const instead = repl ? "" : ": '--update' writes every change";
    throw new UsageError(`'${repl ? "--repl" : "--review"}' needs a terminal${instead}`);
  }
  if (watch && (repl || reporter === "junit")) {
    throw new UsageError(`'--watch' does not go with '${repl ? "--repl" : "--reporter junit"}'`);
  }
}

async function runOnce(
  targets: readonly DocumentTarget[],
  options: TestOptions,
  signal: AbortSignal,
): Promise<void> {
  const report = reporter(options.reporter);
  const failures: ExampleEvent[] = [];
  const { coverage } = options;
  const summary = await runDocuments(targets, {
    ...options,
    projectOf: projectSettings,
    // Nothing is said of examples that passed.
    brief: options.reporter === "pretty" && !settings.verbose,
    signal,
    ...(coverage === undefined ? {} : { coverage: resolve(coverage) }),
    // The prompt has the terminal for itself.
    ...(options.repl ? { terminal: terminalPath(), jobs: 1, failFast: true } : {}),
    onEvent: (event: TestEvent) => {
      if (event.type === "example" && event.status === "failed") failures.push(event);
      printRaw(report(event));
    },
  });
  writeLastFailed(process.cwd(), failedTargets(failures));
  process.exitCode = summary.failed > 0 ? 1 : summary.passed === 0 ? 2 : 0;
  if (options.update || options.review) await update(failures, summary.failed, options.review);
}

/** The terminal that standard input is. */
function terminalPath(): string {
  return execFileSync("tty", { stdio: ["inherit", "pipe", "inherit"], encoding: "utf8" }).trim();
}

async function watch(
  targets: readonly DocumentTarget[],
  options: TestOptions,
  signal: AbortSignal,
): Promise<void> {
  const { watchDocuments } = await import("../../repl/literate/run/watch_documents.ts");
  await watchDocuments(targets.map((target) => target.path), async (changed) => {
    await runOnce(targets.filter((target) => changed.includes(target.path)), options, signal);
    if (!signal.aborted) note(`Watching ${targets.length} documents; Ctrl-C ends this`);
  }, signal);
}

function reporter(name: string): Reporter {
  try {
    return createReporter(name, {
      color: usesColor(),
      verbose: settings.verbose,
      quiet: settings.quiet,
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function chooseTargets(words: readonly string[], options: TestOptions): DocumentTarget[] {
  const last = options.lastFailed ? readLastFailed(process.cwd()) : null;
  if (options.lastFailed && last === null) note("No run is remembered here: all documents run");
  if (last !== null && words.length === 0) {
    if (last.length === 0) note("Nothing failed last time");
    return last;
  }
  let found: DocumentTarget[];
  try {
    found = findDocuments(words);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (last === null) return found;
  const paths = new Set(found.map((target) => resolve(target.path)));
  return last.filter((target) => paths.has(resolve(target.path)));
}

function failedTargets(failures: readonly ExampleEvent[]): DocumentTarget[] {
  const lines = new Map<string, number[]>();
  for (const { document, line } of failures) {
    lines.set(document, [...(lines.get(document) ?? []), line]);
  }
  return Array.from(lines, ([path, list]) => ({ path: resolve(path), lines: list }));
}

/** Exit code 0 when every failure has been written away. */
async function update(
  failures: readonly ExampleEvent[],
  failed: number,
  asks: boolean | undefined,
): Promise<void> {
  const { updateFailed } = await import("../../repl/literate/run/update_failed.ts");
  const review = asks ? (await import("../cli/review_hunks.ts")).reviewHunks() : null;
  let written = 0;
  for (const path of new Set(failures.map((failure) => failure.document))) {
    const own = failures.filter((failure) => failure.document === path);
    const outcome = await updateFailed(path, own, {
      project: await projectSettings(path),
      ...(review === null ? {} : { accept: (hunk) => review.accept(path, hunk) }),
    });
    written += outcome.written.length;
    if (outcome.written.length > 0) {
      note(`${path}: updated ${outcome.written.length} of ${own.length}`);
    }
    for (const hunk of outcome.refused) note(`${path}:${hunk.line}: ${hunk.problem}`);
  }
  review?.close();
  if (failed > 0) process.exitCode = written === failed ? 0 : 1;
}

/**
 * `runlit test`: runs documents, and tells whether they are true.
 *
 * @module
 */

import { resolve } from "node:path";
import type { Command } from "commander";
import { createReporter, REPORTER_NAMES } from "../../repl/literate/report/create_reporter.ts";
import type { ExampleEvent, Reporter, TestEvent } from "../../repl/literate/report/events.ts";
import { findDocuments } from "../../repl/literate/run/find_documents.ts";
import { readLastFailed, writeLastFailed } from "../../repl/literate/run/last_failed.ts";
import { projectSettings } from "../../repl/literate/run/project_settings.ts";
import { type DocumentTarget, runDocuments } from "../../repl/literate/run/run_documents.ts";
import { parseDuration } from "../cli/parse_duration.ts";
import { note, printRaw } from "../cli/print.ts";
import { settings } from "../cli/settings.ts";
import { trapSignals } from "../cli/signals.ts";
import { usesColor } from "../cli/styled.ts";
import { UsageError } from "../cli/usage_error.ts";

interface TestOptions {
  update?: true;
  filter?: string;
  lastFailed?: true;
  failFast?: true;
  jobs?: number;
  reporter: string;
  timeout?: number;
  documentTimeout?: number;
}

export function define(command: Command): void {
  command
    .argument("[documents...]", "Markdown files, file:line of an example, directories or globs")
    .option("-u, --update", "rewrite the output that failed examples expect")
    .option("-f, --filter <text>", "report only examples with this text in them")
    .option("--last-failed", "only the examples that failed last time")
    .option("--fail-fast", "stop at the first failure")
    .option("-j, --jobs <count>", "documents at a time", positive)
    .option("-r, --reporter <name>", REPORTER_NAMES.join(", "), "pretty")
    .option("--timeout <time>", "time an example may take (default: 30s)", parseDuration)
    .option("--document-timeout <time>", "time a document may take (default: 10min)", parseDuration)
    .addHelpText(
      "after",
      "\nExit code: 0 all passed, 1 some failed, 2 nothing was tested.\n",
    )
    .action(test);
}

function positive(text: string): number {
  if (/^[1-9][0-9]*$/.test(text)) return Number(text);
  throw new UsageError(`'${text}' is not a number of documents`);
}

async function test(words: string[], options: TestOptions): Promise<void> {
  if (options.update && process.env.CI) {
    throw new UsageError("Documents are not updated where CI is set: run '--update' and commit");
  }
  const report = reporter(options.reporter);
  const targets = chooseTargets(words, options);
  const failures: ExampleEvent[] = [];
  const trap = trapSignals();
  const summary = await runDocuments(targets, {
    ...options,
    projectOf: projectSettings,
    // Nothing is said of examples that passed.
    brief: options.reporter === "pretty" && !settings.verbose,
    signal: trap.signal,
    onEvent: (event: TestEvent) => {
      if (event.type === "example" && event.status === "failed") failures.push(event);
      printRaw(report(event));
    },
  });
  trap.release();
  writeLastFailed(process.cwd(), failedTargets(failures));
  if (options.update) return await update(failures, summary.failed);
  process.exitCode = summary.failed > 0 ? 1 : summary.passed === 0 ? 2 : 0;
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
async function update(failures: readonly ExampleEvent[], failed: number): Promise<void> {
  const { updateFailed } = await import("../../repl/literate/run/update_failed.ts");
  let written = 0;
  for (const path of new Set(failures.map((failure) => failure.document))) {
    const own = failures.filter((failure) => failure.document === path);
    const outcome = await updateFailed(path, own, { project: await projectSettings(path) });
    written += outcome.written.length;
    if (outcome.written.length > 0) {
      note(`${path}: updated ${outcome.written.length} of ${own.length}`);
    }
    for (const hunk of outcome.refused) note(`${path}:${hunk.line}: ${hunk.problem}`);
  }
  process.exitCode = written === failed ? 0 : 1;
}

/**
 * `runlit test`: runs documents, and tells whether they are true.
 *
 * @module
 */

import { resolve } from "node:path";
import type { Command } from "commander";
import { createReporter } from "../../repl/literate/report/create_reporter.ts";
import type { ExampleEvent, Reporter, TestEvent } from "../../repl/literate/report/events.ts";
import { projectSettings } from "../../repl/literate/run/project_settings.ts";
import {
  type DocumentTarget,
  runDocuments,
  type RunDocumentsOptions,
} from "../../repl/literate/run/run_documents.ts";
import type { Rewrite } from "../../repl/literate/run/watch_documents.ts";
import { chooseDocuments, rememberFailures } from "../cli/documents/choose_documents.ts";
import {
  checkTestOptions,
  defineTestOptions,
  type TestOptions,
} from "../cli/documents/test_options.ts";
import { note, printRaw } from "../cli/print.ts";
import { interruptedCode } from "../cli/interrupted_error.ts";
import { settings } from "../cli/settings.ts";
import { trapSignals } from "../cli/signals.ts";
import { usesColor } from "../cli/styled.ts";
import { UsageError } from "../cli/usage_error.ts";

export function define(command: Command): void {
  defineTestOptions(command);
  command.action(test);
}

async function test(words: string[], options: TestOptions): Promise<void> {
  checkTestOptions(options);
  const targets = chooseDocuments(words, options);
  const trap = trapSignals();
  try {
    if (options.watch) await watch(words, targets, options, trap.signal);
    else {
      await runOnce(targets, options, trap.signal);
      if (trap.signal.aborted) process.exitCode = interruptedCode(trap.signal.reason);
    }
  } finally {
    trap.release();
  }
}

async function runOnce(
  targets: readonly DocumentTarget[],
  options: TestOptions,
  signal: AbortSignal,
  rewrite?: Rewrite,
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
    ...(options.repl ? { terminal: terminal(), jobs: 1, failFast: true } : {}),
    onEvent: (event: TestEvent) => {
      if (event.type === "example" && event.status === "failed") failures.push(event);
      printRaw(report(event));
    },
  });
  rememberFailures(failures);
  process.exitCode = summary.failed > 0 ? 1 : summary.passed === 0 ? 2 : 0;
  if (!options.update && !options.review) return;
  const { updateDocuments } = await import("../cli/documents/update_documents.ts");
  const written = await updateDocuments(failures, options.review === true, rewrite);
  // All is well when every failure has been written away.
  if (summary.failed > 0) process.exitCode = written === summary.failed ? 0 : 1;
}

/** The terminal for the prompt: standard output, unless that goes elsewhere. */
function terminal(): RunDocumentsOptions["terminal"] {
  const stream = process.stdout.isTTY ? process.stdout : process.stderr;
  const { columns, rows } = stream;
  return { color: usesColor(), columns, rows, show: (text) => void stream.write(text) };
}

async function watch(
  words: readonly string[],
  chosen: readonly DocumentTarget[],
  options: TestOptions,
  signal: AbortSignal,
): Promise<void> {
  const { watchDocuments } = await import("../../repl/literate/run/watch_documents.ts");
  let targets = chosen;
  const find = (): string[] => {
    try {
      // What failed last time is what failed when this began.
      if (!options.lastFailed) targets = chooseDocuments(words);
    } catch {
      // One that is named is just being replaced.
    }
    return targets.map((target) => target.path);
  };
  await watchDocuments(find, async (changed, rewrite) => {
    const own = targets.filter((target) => changed.includes(target.path));
    await runOnce(own, options, signal, rewrite);
    const documents = targets.length === 1 ? "1 document" : `${targets.length} documents`;
    if (!signal.aborted) note(`Watching ${documents}; Ctrl-C ends this`);
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

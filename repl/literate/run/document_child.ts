/**
 * The process of a document: runs its examples, and reports to the supervisor.
 *
 * Deno runs it with the permissions that the document asks for.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { createEvaluator } from "../../session/create_evaluator.ts";
import { formatError } from "../../session/format_error.ts";
import { importFrom } from "../../session/import_from.ts";
import { type SessionProcess, takeOverProcess } from "../../session/take_over_process.ts";
import { sessionScope } from "../../helpers/session_scope.ts";
import { collectPatternTypes } from "../match/collect_pattern_types.ts";
import { patternTypes } from "../match/pattern_types.ts";
import { collectOptions, type CustomOption } from "../options/collect_options.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import type { ParsedDocument } from "../parse/document_types.ts";
import { judgeDocument } from "./judge_document.ts";
import type { DocumentJob } from "./messages.ts";
import { openOutput } from "./output_reader.ts";
import { readDocument } from "./read_document.ts";
import { openChannel, type ReporterChannel } from "./reporter_channel.ts";

/** Runs the job that the environment names, and ends the process. */
export async function runDocumentChild(): Promise<void> {
  const job: DocumentJob = JSON.parse(process.env.RUNLIT_DOCUMENT_JOB!);
  delete process.env.RUNLIT_DOCUMENT_JOB;
  const channel = openChannel(job.brief);
  const taken = takeOverProcess();
  try {
    await runJob(job, channel, taken);
  } catch (error) {
    channel.flush();
    channel.send({ type: "problem", message: formatError(error).short });
  }
  channel.flush();
  channel.send({ type: "end" });
  // Timers and connections that the examples left open are not waited for.
  taken.exit(0);
}

async function runJob(
  job: DocumentJob,
  channel: ReporterChannel,
  process: SessionProcess,
): Promise<void> {
  const load = importFrom(job.document);
  let customOptions: ReadonlyMap<string, CustomOption> = new Map();
  const document = await readDocument(readFileSync(job.document), {
    project: job.project,
    customOptions: async ({ optionFunctions }) => {
      if (optionFunctions.length > 0) {
        customOptions = collectOptions(await loadModules(load, optionFunctions));
      }
      return customOptions.keys();
    },
  });
  report(document, channel);
  const { settings } = document;
  Object.assign(globalThis.process.env, settings.env);
  const modules = await loadModules(load, settings.parseFunctions);
  const hasTypes = modules.length > 0 || Object.keys(settings.parseTypes).length > 0;
  const types = hasTypes
    ? patternTypes(collectPatternTypes({ expressions: settings.parseTypes, modules }))
    : undefined;

  const evaluator = createEvaluator({ document: job.document, scope: sessionScope() });
  const output = openOutput(job.outputFile);
  for (const code of settings.init) {
    const evaluation = await evaluator.evaluate(code, { timeout: job.timeout });
    if (evaluation.status === "error") {
      const { short } = formatError(evaluation.error);
      throw new Error(`Cannot run the code of 'init': ${short}`);
    }
  }
  output.read();
  const uncaught: unknown[] = [];
  await judgeDocument({
    job,
    document,
    evaluator,
    process,
    output,
    channel,
    types,
    customOptions,
    uncaught,
    bound: {},
  });
  for (const error of [...uncaught, ...process.takeUncaught()]) {
    const message = `Nothing caught this error: ${formatError(error).short}`;
    channel.send({ type: "problem", message });
  }
}

function report(document: ParsedDocument, channel: ReporterChannel): void {
  const { examples, errors, settings } = document;
  channel.send({
    type: "document",
    examples: examples.map(({ line, endLine, language, source }) => ({
      line,
      endLine,
      language,
      source,
    })),
    timeout: settings.documentTimeout,
    typecheck: resolveOptions(settings.options).typecheck ||
      examples.some(({ options }) => (options.typecheck ?? false) !== false),
  });
  for (const { line, message } of errors) channel.send({ type: "problem", line, message });
}

async function loadModules(
  load: ReturnType<typeof importFrom>,
  names: readonly string[],
): Promise<Record<string, unknown>[]> {
  const modules: Record<string, unknown>[] = [];
  for (const name of names) modules.push((await load(name)) as Record<string, unknown>);
  return modules;
}

await runDocumentChild();

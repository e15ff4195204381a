/**
 * Runs the examples of a document in this process, one after the other.
 *
 * @module
 */

import type { Evaluator } from "../../session/create_evaluator.ts";
import type { Evaluation } from "../../session/evaluation.ts";
import { formatError } from "../../session/format_error.ts";
import { formatValue } from "../../session/format_value.ts";
import type { ExampleOutcome } from "../match/example_outcome.ts";
import { judgeExample } from "../match/judge_example.ts";
import type { PatternTypes } from "../match/pattern_type.ts";
import { applyOptions, type CustomOption } from "../options/collect_options.ts";
import { type ExampleOptions, resolveOptions } from "../options/resolve_options.ts";
import { shouldRun } from "../options/should_run.ts";
import type { Example, ParsedDocument } from "../parse/document_types.ts";
import { explainMismatch } from "../report/explain_mismatch.ts";
import type { DocumentJob, ExampleResult } from "./messages.ts";
import type { OutputReader } from "./output_reader.ts";
import type { ReporterChannel } from "./reporter_channel.ts";
import { runShell } from "./run_shell.ts";

/** What judging a document takes. */
export interface DocumentContext {
  readonly job: DocumentJob;
  readonly document: ParsedDocument;
  readonly evaluator: Evaluator;
  readonly output: OutputReader;
  readonly channel: ReporterChannel;
  readonly types: PatternTypes | undefined;
  readonly customOptions: ReadonlyMap<string, CustomOption>;
}

/** Runs and judges the examples, and reports what came of each. */
export async function judgeDocument(context: DocumentContext): Promise<void> {
  const { job, document, channel } = context;
  const { examples, settings } = document;
  const own = examples.map((example) => example.options);
  const reasons = shouldRun(own, { options: settings.options });
  const reported = selectExamples(examples, job);
  const lastReported = reported.lastIndexOf(true);
  const bound: Record<string, unknown> = {};
  const failFast = job.failFast || settings.failFast;
  let stopped: string | null = null;

  for (const example of examples) {
    const { index } = example;
    const unselected = reported[index] ? null : "not selected";
    const skip = reasons[index] ?? (index > lastReported ? unselected : stopped);
    const result: ExampleResult = skip !== null
      ? { index, status: "skipped", durationMs: 0, reason: skip }
      : await runExample(example, context, bound);
    // One that others need is run, but it is not what was asked for.
    channel.result(
      unselected === null ? result : { ...result, status: "skipped", reason: unselected },
    );
    if (result.status === "failed" && failFast) stopped ??= "after the first failure";
  }
}

/** Which examples are to be reported: all, or those of some lines or with some text. */
function selectExamples(examples: readonly Example[], job: DocumentJob): boolean[] {
  const { lines, filter } = job;
  return examples.map((example, i) => {
    if (filter !== null && !example.source.includes(filter)) return false;
    if (lines === null) return true;
    const next = examples[i + 1]?.line ?? Infinity;
    // A line in the prose before it, or in its output, means the example too.
    return lines.some((line) =>
      (line >= example.line && line < next && line <= example.endLine) ||
      (line < example.line && line > (examples[i - 1]?.endLine ?? 0))
    );
  });
}

async function runExample(
  example: Example,
  context: DocumentContext,
  bound: Record<string, unknown>,
): Promise<ExampleResult> {
  const { job, document, evaluator, types, customOptions } = context;
  const { index, expected } = example;
  const start = performance.now();
  const levels = { ...document.settings.options, ...example.options };
  const options = resolveOptions(levels);
  let transforms: readonly ((text: string) => string)[] | undefined;
  if (customOptions.size > 0) {
    const about = { source: example.source, expected, options: levels };
    const applied = applyOptions(customOptions, about);
    if (applied.skip !== null) {
      return { index, status: "skipped", durationMs: 0, reason: applied.skip };
    }
    if (applied.transforms.length > 0) transforms = applied.transforms;
  }
  const outcome = await outcomeOf(example, options, context, options.timeout ?? job.timeout);
  const judgement = judgeExample(expected, outcome, options, { types, transforms, bound });
  const durationMs = performance.now() - start;
  if (judgement.passed) {
    if (hasKeys(judgement.bindings)) {
      Object.assign(bound, judgement.bindings);
      evaluator.bind(judgement.bindings);
    }
    return { index, status: "passed", durationMs };
  }
  const matching = { ...options, types, transforms };
  const failure = explainMismatch(judgement, example, matching);
  return { index, status: "failed", durationMs, failure };
}

/** Sources that may print, wait or call other programs: what is not, V8 ends in time. */
const MAY_BLOCK = /await|Sync|wait|\$|child|spawn|exec|Deno|worker/i;

async function outcomeOf(
  example: Example,
  options: ExampleOptions,
  { evaluator, output, channel }: DocumentContext,
  timeout: number,
): Promise<ExampleOutcome> {
  const { index, code, line, language } = example;
  if (language === "sh") {
    begin(channel, index, timeout);
    const { exitCode } = await runShell(code, timeout);
    const broken = exitCode === null ? `no end after ${timeout / 1000} s` : null;
    return { output: output.read(), exitCode, broken };
  }
  if (MAY_BLOCK.test(code)) begin(channel, index, timeout);
  // Most are over at once; those that are not, or wait for something, take the long way.
  let now: Evaluation | Promise<Evaluation> | null = null;
  const inTime = evaluator.guard(() => {
    now = evaluator.evaluateNow(code, { line, timeout });
  }, timeout);
  let evaluation: Evaluation;
  if (!inTime) evaluation = { status: "timeout", reason: `no result after ${timeout / 1000} s` };
  else if (now !== null) evaluation = await (now as Evaluation | Promise<Evaluation>);
  else {
    begin(channel, index, timeout);
    evaluation = await evaluator.evaluate(code, { line, timeout });
  }
  return describe(evaluation, options, output.read());
}

/** Tells the supervisor which example to blame if this process is heard of no more. */
function begin(channel: ReporterChannel, index: number, timeout: number): void {
  channel.flush();
  channel.send({ type: "begin", index, timeout });
}

function describe(
  evaluation: Evaluation,
  options: ExampleOptions,
  printed: string,
): ExampleOutcome {
  switch (evaluation.status) {
    case "value": {
      const display = options.json ? "json" : options.pprint ? "pprint" : "inspect";
      const shown = formatValue(evaluation.value, display);
      return { output: shown === null ? printed : `${printed}${shown}\n` };
    }
    case "error": {
      const { name, message, stack } = formatError(evaluation.error);
      return { output: printed, error: { name, message, stack } };
    }
    case "timeout":
      return { output: printed, broken: evaluation.reason };
    case "interrupted":
      return { output: printed, broken: "interrupted" };
  }
}

function hasKeys(record: Readonly<Record<string, unknown>>): boolean {
  for (const _ in record) return true;
  return false;
}

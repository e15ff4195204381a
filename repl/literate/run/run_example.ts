/**
 * Runs an example of a document in this process, and judges what came of it.
 *
 * @module
 */

import type { Evaluator } from "../../session/create_evaluator.ts";
import type { Evaluation } from "../../session/evaluation.ts";
import { formatError } from "../../session/format_error.ts";
import { formatValue } from "../../session/format_value.ts";
import type { SessionProcess } from "../../session/take_over_process.ts";
import type { ExampleOutcome } from "../match/example_outcome.ts";
import { judgeExample } from "../match/judge_example.ts";
import type { PatternTypes } from "../match/pattern_type.ts";
import { applyOptions, type CustomOption } from "../options/collect_options.ts";
import type { ExampleOptions } from "../options/resolve_options.ts";
import type { Example, ParsedDocument } from "../parse/document_types.ts";
import { explainMismatch } from "../report/explain_mismatch.ts";
import type { DocumentJob, ExampleResult } from "./messages.ts";
import type { OutputReader } from "./output_reader.ts";
import type { ReporterChannel } from "./reporter_channel.ts";
import { runShell } from "./run_shell.ts";

/** What running examples takes. */
export interface DocumentContext {
  readonly job: DocumentJob;
  readonly document: ParsedDocument;
  readonly evaluator: Evaluator;
  readonly process: SessionProcess;
  readonly output: OutputReader;
  readonly channel: ReporterChannel;
  readonly types: PatternTypes | undefined;
  readonly customOptions: ReadonlyMap<string, CustomOption>;
  /** Errors that nothing caught, and no example has failed for yet. */
  readonly uncaught: unknown[];
  /** Values that fields have bound so far. */
  readonly bound: Record<string, unknown>;
}

/** An evaluation that was begun, and when. */
export interface Evaluated {
  readonly now: Evaluation | Promise<Evaluation>;
  readonly start: number;
}

/** What came of an example, before it is compared with what was expected. */
interface Ran {
  readonly outcome: ExampleOutcome;
  readonly start: number;
}

type Transforms = readonly ((text: string) => string)[];

// Examples may replace it, to fake the time for instance.
const { setImmediate } = globalThis;

/** Runs an example, unless that was begun, and judges it. */
export async function runExample(
  example: Example,
  options: ExampleOptions,
  context: DocumentContext,
  begun: Evaluated | null = null,
): Promise<ExampleResult> {
  const { document, customOptions, output, channel, process } = context;
  const { index, source, expected } = example;
  let transforms: Transforms | undefined;
  if (customOptions.size > 0) {
    const about = {
      source,
      expected,
      options: { ...document.settings.options, ...example.options },
    };
    const applied = applyOptions(customOptions, about);
    if (applied.skip !== null) {
      return { index, status: "skipped", durationMs: 0, reason: applied.skip };
    }
    if (applied.transforms.length > 0) transforms = applied.transforms;
  }
  const timeout = options.timeout ?? context.job.timeout;
  // The supervisor is told which example to blame if this process is heard of no more.
  channel.begin(index, timeout);
  const start = begun?.start ?? performance.now();
  if (example.language === "sh") {
    const { exitCode } = await runShell(example.code, timeout);
    const broken = exitCode === null ? `no end after ${timeout / 1000} s` : null;
    const outcome = { output: output.read(), exitCode, broken };
    return judgeOutcome(example, options, { outcome, start }, context, transforms);
  }
  process.showStderr(options.stderr);
  const evaluation = await (begun?.now ?? evaluate(example, timeout, context));
  // Promises that nobody handles become errors in the next turn.
  await new Promise<void>((resolve) => setImmediate(resolve));
  const printed = output.read();
  return judge(example, options, { evaluation, printed, start }, context, transforms);
}

function evaluate(
  { code, line }: Example,
  timeout: number,
  { evaluator }: DocumentContext,
): Evaluation | Promise<Evaluation> {
  let now: Evaluation | Promise<Evaluation> | null = null;
  // Most are over at once; those that are not, or wait for something, take the long way.
  const inTime = evaluator.guard(() => {
    now = evaluator.evaluateNow(code, { line, timeout });
  }, timeout);
  return inTime ? now ?? evaluator.evaluate(code, { line, timeout }) : tooLong(timeout);
}

/** The evaluation of what had to be ended. */
export function tooLong(timeout: number): Evaluation {
  return { status: "timeout", reason: `no result after ${timeout / 1000} s` };
}

/** Judges what an evaluation gave and printed. */
export function judge(
  example: Example,
  options: ExampleOptions,
  ran: { readonly evaluation: Evaluation; readonly printed: string; readonly start: number },
  context: DocumentContext,
  transforms?: Transforms,
): ExampleResult {
  const { evaluation, printed, start } = ran;
  const outcome = describe(evaluation, options, printed, context);
  return judgeOutcome(example, options, { outcome, start }, context, transforms);
}

function judgeOutcome(
  example: Example,
  options: ExampleOptions,
  { outcome, start }: Ran,
  context: DocumentContext,
  transforms?: Transforms,
): ExampleResult {
  const { evaluator, types, bound, process } = context;
  const { index, expected } = example;
  const judgement = judgeExample(expected, outcome, options, { types, transforms, bound });
  const durationMs = performance.now() - start;
  const aside = process.takeStderr();
  if (judgement.passed) {
    for (const _ in judgement.bindings) {
      Object.assign(bound, judgement.bindings);
      evaluator.bind(judgement.bindings);
      break;
    }
    return { index, status: "passed", durationMs };
  }
  const failure = explainMismatch(judgement, example, { ...options, types, transforms });
  const stderr = aside === "" ? {} : { stderr: aside };
  return { index, status: "failed", durationMs, failure: { ...failure, ...stderr } };
}

function describe(
  evaluation: Evaluation,
  options: ExampleOptions,
  printed: string,
  { process, uncaught }: DocumentContext,
): ExampleOutcome {
  uncaught.push(...process.takeUncaught());
  switch (evaluation.status) {
    case "value": {
      // One that nothing caught is this example's, and the next one is the next example's.
      if (uncaught.length > 0) return thrown(uncaught.shift(), printed);
      const display = options.json ? "json" : options.pprint ? "pprint" : "inspect";
      const shown = formatValue(evaluation.value, display);
      return { output: shown === null ? printed : `${printed}${shown}\n` };
    }
    case "error":
      return thrown(evaluation.error, printed);
    case "timeout":
      return { output: printed, broken: evaluation.reason };
    case "interrupted":
      return { output: printed, broken: "interrupted" };
  }
}

function thrown(error: unknown, printed: string): ExampleOutcome {
  const { name, message, stack } = formatError(error);
  return { output: printed, error: { name, message, stack } };
}

/**
 * Runs the examples of a document in this process, one after the other.
 *
 * @module
 */

import type { Evaluation } from "../../session/evaluation.ts";
import { type ExampleOptions, resolveOptions } from "../options/resolve_options.ts";
import { shouldRun } from "../options/should_run.ts";
import type { Example } from "../parse/document_types.ts";
import type { ExampleResult } from "./messages.ts";
import { type DocumentContext, type Evaluated, judge, runExample, tooLong } from "./run_example.ts";
import { selectExamples } from "./select_examples.ts";

/**
 * Words of sources that may leave something running, whose errors belong to them, or that may block
 * where V8 cannot end them. All others are over at once: thousands of them run under one guard and
 * in one turn, which cost more than they do.
 */
const NOT_SIMPLE =
  /\b(?:await|async|import|yield|void|Promise|then|catch|finally|set(?:Timeout|Interval|Immediate)|queueMicrotask|nextTick|Atomics|Deno)\b|Sync\b|child|spawn|exec|worker|\$(?!\{)/i;

/**
 * What calls nothing, and reads no property, prints nothing and does not end the process: not by a
 * signal to itself, and not by all the memory that there is.
 */
const DOES_SOMETHING = /[.[(`]|\bnew\b/;

/** Milliseconds of the time between looking at the clock while simple examples run. */
const SLICE_MS = 50;

/** Runs and judges the examples, and reports what came of each. */
export async function judgeDocument(context: DocumentContext): Promise<void> {
  const { job, document, evaluator, output, channel, customOptions } = context;
  const { examples, settings } = document;
  const shared = resolveOptions(settings.options);
  const reasons = shouldRun(examples.map((example) => example.options), {
    options: settings.options,
  });
  const selected = selectExamples(examples, job);
  const last = selected.lastIndexOf(true);
  const failFast = job.failFast || settings.failFast;
  let firstFailed: ExampleResult | null = null;
  let stopped: string | null = null;

  function optionsOf({ options }: Example): ExampleOptions {
    return hasKeys(options) ? resolveOptions(settings.options, options) : shared;
  }

  /** Why an example is not run; null if it is. */
  function skipped({ index }: Example): string | null {
    return reasons[index] ?? (index > last ? "not selected" : stopped);
  }

  function report(result: ExampleResult): void {
    const { index, status } = result;
    // One that others need is run, but it is not what was asked for.
    channel.result(
      selected[index]
        ? result
        : { index, status: "skipped", durationMs: 0, reason: "not selected" },
    );
    if (status === "failed" && (failFast || job.terminal !== null)) {
      stopped ??= "after the first failure";
    }
    if (status === "failed" && selected[index]) firstFailed ??= result;
  }

  function isSimple(example: Example, options: ExampleOptions): boolean {
    return example.language === "ts" && options.timeout === undefined &&
      customOptions.size === 0 && !options.stderr && !NOT_SIMPLE.test(example.code);
  }

  /**
   * Runs simple examples from a place on. Returns the first that is not done, and what is known of
   * it if it was begun.
   */
  function runSimple(from: number): { at: number; begun: Evaluated | null } {
    let at = from;
    let begun: Evaluated | null = null;
    let start = performance.now();
    const end = start + SLICE_MS;
    const { timeout } = job;
    context.process.showStderr(false);
    const inTime = evaluator.guard(() => {
      for (; at < examples.length && start < end; at++) {
        const example = examples[at];
        const options = optionsOf(example);
        if (skipped(example) !== null || !isSimple(example, options)) return;
        // If this process is heard of no more, it is this example that is to blame.
        if (DOES_SOMETHING.test(example.code)) channel.flush();
        const now = evaluator.evaluateNow(example.code, { line: example.line, timeout });
        if (now === null) return;
        begun = { now, start };
        if (now instanceof Promise) return;
        const printed = isSilent(example, now) ? "" : output.read();
        report(judge(example, options, { evaluation: now, printed, start }, context));
        begun = null;
        start = performance.now();
      }
    }, timeout > 0 ? timeout + SLICE_MS : 0);
    if (!inTime) begun = { now: tooLong(timeout), start };
    return { at, begun };
  }

  context.process.showStderr(false);
  let prompted = false;
  for (let next = 0; next < examples.length; next++) {
    if (job.terminal !== null && firstFailed !== null && !prompted) {
      prompted = true;
      await showPrompt(firstFailed, context);
    }
    const reason = skipped(examples[next]);
    if (reason !== null) {
      report({ index: next, status: "skipped", durationMs: 0, reason });
      continue;
    }
    let begun: Evaluated | null = null;
    if (isSimple(examples[next], optionsOf(examples[next]))) {
      const from = next;
      ({ at: next, begun } = runSimple(from));
      if (begun === null && next > from) {
        next--;
        continue;
      }
    }
    const example = examples[next];
    report(await runExample(example, optionsOf(example), context, begun));
  }
  if (job.terminal !== null && firstFailed !== null && !prompted) {
    await showPrompt(firstFailed, context);
  }
}

async function showPrompt(failed: ExampleResult, context: DocumentContext): Promise<void> {
  const { job, document, evaluator, output, channel, process } = context;
  channel.flush();
  channel.send({ type: "prompt" });
  process.showStderr(true);
  const [{ failurePrompt }, { prettyReporter }] = await Promise.all([
    import("./failure_prompt.ts"),
    import("../report/pretty_reporter.ts"),
  ]);
  const example = document.examples[failed.index];
  const event = { type: "example", document: job.document, ...example, ...failed } as const;
  const terminal = job.terminal!;
  const heading = prettyReporter({ color: terminal.color })(event);
  await failurePrompt(heading, { ...job, terminal, evaluator, output, channel });
}

/** Showing a primitive value calls nothing. */
function isSilent({ code }: Example, evaluation: Evaluation): boolean {
  return !DOES_SOMETHING.test(code) && evaluation.status === "value" &&
    (typeof evaluation.value !== "object" || evaluation.value === null);
}

function hasKeys(record: Readonly<Record<string, unknown>>): boolean {
  for (const _ in record) return true;
  return false;
}

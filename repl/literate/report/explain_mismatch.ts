/**
 * Why an example failed, in words and lines.
 *
 * @module
 */

import { formatDiff } from "../match/format_diff.ts";
import type { Judgement } from "../match/judge_example.ts";
import type { MatchOptions } from "../match/match_options.ts";
import { patternDiff } from "../match/pattern_diff.ts";
import type { ExampleFailure } from "./events.ts";

/** What an explanation needs of an example; a parsed one will do. */
export interface ExplainedExample {
  readonly expected: string;
  /** Line of the document before the expected output: the last one of the source. */
  readonly sourceEndLine: number;
}

/** Options of {@linkcode explainMismatch}; those of an example can be given as they are. */
export interface ExplainOptions extends MatchOptions {
  /** Whether to show only the lines around differences. Default: false. */
  readonly diff?: boolean;
  /** Line to print before the failure, or false. Default: false. */
  readonly sep?: string | false;
}

// Up to so many lines a diff is shown whole: all that was expected is seen then.
const WHOLE = 20;

/**
 * Explains why an example failed: what differs, and the lines of document and output where it does.
 *
 * For an example that came to no end, the diff shows what it printed until then.
 *
 * @example The field that does not match
 * ```ts
 * import assert from "node:assert/strict";
 * import { explainMismatch, judgeExample, resolveOptions } from "runlit/literate";
 *
 * const options = resolveOptions({ parse: true });
 * const example = { expected: "{:d} files", sourceEndLine: 7 };
 * const judgement = judgeExample(example.expected, { output: "no files\n" }, options);
 * const { reason, line, diff } = explainMismatch(judgement, example, options);
 * assert.equal(reason, "{:d} does not match 'no files' (line 1, column 1 of the output)");
 * assert.equal(line, 8);
 * assert.deepEqual(diff, ["- {:d} files", "+ no files"]);
 * ```
 */
export function explainMismatch(
  judgement: Judgement,
  example: ExplainedExample,
  options: ExplainOptions = {},
): ExampleFailure {
  const { failure, reason, actual, broken } = judgement;
  const { expected, sourceEndLine } = example;
  const { sep = false } = options;
  const common = { expected, actual, match: failure, separator: sep };
  if (failure === null) {
    const diff = broken ? diffLines(expected, actual, options) : [];
    return { ...common, reason: reason ?? "", line: null, diff };
  }
  const last = sourceEndLine + expected.split("\n").length;
  return {
    ...common,
    reason: `${failure.reason} (line ${failure.line}, column ${failure.column} of the output)`,
    line: expected === "" ? null : Math.min(sourceEndLine + failure.expectedLine, last),
    diff: diffLines(expected, actual, options),
  };
}

function diffLines(expected: string, actual: string, options: ExplainOptions): string[] {
  const diff = patternDiff(expected, actual, options);
  const context = diff.length <= WHOLE && options.diff !== true ? WHOLE : 2;
  return formatDiff(diff, { context, blankline: options.blankline });
}

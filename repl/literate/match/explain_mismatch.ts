/**
 * Failures in words and lines, for reports.
 *
 * @module
 */

import { formatDiff } from "./format_diff.ts";
import type { Judgement } from "./judge_example.ts";
import type { MatchOptions } from "./match_options.ts";
import { patternDiff } from "./pattern_diff.ts";

/** What an example was, as far as an explanation needs it. */
export interface ExplainedExample {
  readonly expected: string;
  /** Line of the document before the expected output: the last one of the source. */
  readonly sourceEndLine: number;
  /** Whether an example with `+diff`: only differences are shown then. */
  readonly diffOnly?: boolean;
}

/** Explanation of a failure. */
export interface Explanation {
  /** Why it failed; with the place in the document where that is known. */
  readonly reason: string;
  /** Line of the document that is not matched, or null. */
  readonly line: number | null;
  /** Differences, as lines without ends; empty when there are none to show. */
  readonly diff: readonly string[];
}

/**
 * Explains why an example failed.
 *
 * With an expected output of a few lines all of them are in the diff; with more, and with `+diff`,
 * only those around differences.
 */
export function explainMismatch(
  judgement: Judgement,
  example: ExplainedExample,
  options: MatchOptions = {},
): Explanation {
  const { failure, reason } = judgement;
  if (failure === null) return { reason: reason ?? "", line: null, diff: [] };
  const diff = patternDiff(example.expected, judgement.actual, options);
  const isShort = diff.length <= 20 && example.diffOnly !== true;
  const line = example.expected === "" ? null : example.sourceEndLine + failure.expectedLine;
  const last = example.sourceEndLine + example.expected.split("\n").length;
  return {
    reason: `${failure.reason} (line ${failure.line}, column ${failure.column} of the output)`,
    line: line === null ? null : Math.min(line, last),
    diff: formatDiff(diff, { context: isShort ? 20 : 2, blankline: options.blankline }),
  };
}

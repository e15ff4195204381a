/**
 * Differences between expected output and output, that know fields and wildcards.
 *
 * @module
 */

import { alignLines } from "./align_lines.ts";
import { linePatterns, outputLine } from "./line_patterns.ts";
import type { MatchOptions } from "./match_options.ts";
import { cleanOutput } from "./normalize_output.ts";

/** A line of a diff. */
export interface DiffLine {
  /** Both have it, only the expected output, or only the output. */
  readonly kind: "same" | "expected" | "actual";
  /** The line; of lines that both have, as it is expected. */
  readonly text: string;
  /** Line of the expected output, counted from 1; null for one of the output only. */
  readonly expectedLine: number | null;
  /** Line of the output, counted from 1; null for one that is only expected. */
  readonly actualLine: number | null;
}

/**
 * Compares output line by line with what was expected: a line that matches a pattern is no
 * difference, nor are the lines that a field or a wildcard at a line's end takes in.
 *
 * @example A field is no difference
 * ```ts
 * import assert from "node:assert/strict";
 * import { patternDiff } from "runlit/literate";
 *
 * const diff = patternDiff("{:d} files\nlast", "12 files\nfirst\n", { parse: true });
 * assert.deepEqual(diff.map(({ kind, text }) => [kind, text]), [
 *   ["same", "{:d} files"],
 *   ["expected", "last"],
 *   ["actual", "first"],
 * ]);
 * ```
 */
export function patternDiff(
  expected: string,
  actual: string,
  options: MatchOptions = {},
): DiffLine[] {
  const patterns = linePatterns(expected, options);
  const lines = outputLines(actual, options);
  const steps = alignLines(patterns, lines.map((line) => outputLine(line, options)));
  const diff: DiffLine[] = [];
  // Of lines next to each other, all that were expected come before all that came instead.
  const instead: DiffLine[] = [];
  for (const step of steps) {
    if (step.kind !== "missing" && step.kind !== "match") {
      const { actual: at } = step;
      const actualLine = at + 1;
      instead.push({ kind: "actual", text: lines[at], expectedLine: null, actualLine });
    }
    if (step.kind === "extra") continue;
    const isMatch = step.kind === "match";
    if (isMatch) diff.push(...instead.splice(0));
    diff.push({
      kind: isMatch ? "same" : "expected",
      text: patterns[step.expected].text,
      expectedLine: step.expected + 1,
      actualLine: isMatch ? step.actual + 1 : null,
    });
  }
  diff.push(...instead);
  return diff;
}

/** The lines of output, without their ends. */
export function outputLines(actual: string, options: MatchOptions): string[] {
  const text = cleanOutput(actual, options);
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

/**
 * Diffs as text.
 *
 * @module
 */

import type { DiffLine } from "./pattern_diff.ts";

/** Options of {@linkcode formatDiff}. */
export interface FormatDiffOptions {
  /** Lines to show around differences. Default: 2. */
  readonly context?: number;
  /** What stands for a blank line. Default: `⤶`. */
  readonly blankline?: string | false;
}

const MARKS = { same: " ", expected: "-", actual: "+" } as const;

/**
 * Formats a diff: `-` before what was expected, `+` before the output. Where lines that both have
 * are left out, a line `@@ N @@` has the number of the next expected line.
 *
 * @returns Lines without ends; none when there is no difference.
 */
export function formatDiff(
  diff: readonly DiffLine[],
  options: FormatDiffOptions = {},
): string[] {
  const { context = 2, blankline = "⤶" } = options;
  const shown = new Uint8Array(diff.length);
  for (const [i, line] of diff.entries()) {
    if (line.kind === "same") continue;
    const [first, last] = [Math.max(0, i - context), Math.min(diff.length - 1, i + context)];
    shown.fill(1, first, last + 1);
  }
  const lines: string[] = [];
  for (const [i, { kind, text }] of diff.entries()) {
    if (shown[i] === 0) continue;
    if (i > 0 && shown[i - 1] === 0) lines.push(`@@ ${nextExpected(diff, i)} @@`);
    lines.push(`${MARKS[kind]} ${text === "" && blankline !== false ? blankline : text}`);
  }
  return lines;
}

function nextExpected(diff: readonly DiffLine[], from: number): number | string {
  return diff.slice(from).find((line) => line.expectedLine !== null)?.expectedLine ?? "end";
}

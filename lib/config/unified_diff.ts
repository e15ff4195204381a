/**
 * The difference of two texts, as `patch` reads it.
 *
 * @module
 */

/** Options of {@linkcode unifiedDiff}. */
export interface UnifiedDiffOptions {
  /** Unchanged lines shown before and behind changes. Default: 3. */
  readonly context?: number;
}

/**
 * Makes a unified diff of a file before and after, or nothing if they are equal.
 *
 * It is what Python's `difflib.unified_diff()` makes: the path alone in both header lines, without
 * times. A last line without a line end is marked with `\ No newline at end of file`, and a path
 * with white space ends in a tab, as `patch` requires.
 *
 * @example Show a patch
 * ```ts
 * import { unifiedDiff } from "runlit/unified-diff";
 * import assert from "node:assert/strict";
 *
 * assert.equal(
 *   await unifiedDiff("a.py", "x = 1\n", "x = 2\n"),
 *   "--- a.py\n+++ a.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\n",
 * );
 * ```
 */
export async function unifiedDiff(
  path: string,
  before: string,
  after: string,
  options: UnifiedDiffOptions = {},
): Promise<string> {
  if (before === after) return "";
  const { structuredPatch } = await import("diff");
  const { context = 3 } = options;
  const { hunks } = structuredPatch("", "", before, after, undefined, undefined, { context });
  const name = /\s/.test(path) ? `${path}\t` : path;
  let text = `--- ${name}\n+++ ${name}\n`;
  for (const { oldStart, oldLines, newStart, newLines, lines } of hunks) {
    text += `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n`;
    for (const line of lines) text += `${line}\n`;
  }
  return text;
}

/** A range of one line is its number alone; an empty one is behind the line it names. */
function range(start: number, lines: number): string {
  if (lines === 1) return String(start);
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

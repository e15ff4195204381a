/**
 * Whether a comparison is within its budget.
 *
 * @module
 */

import type { BenchLimit, Comparison } from "./bench_row.ts";

/** Says what of a limit does not hold; an empty list if all does. */
export function judge(comparison: Comparison, limit: BenchLimit = {}): string[] {
  const { baselineMs, subjectMs } = comparison;
  const over: string[] = [];
  const { ratio, overMs, ms } = limit;
  if (ratio !== undefined && subjectMs > ratio * baselineMs) over.push(`over ${ratio}×`);
  if (overMs !== undefined && subjectMs > baselineMs + overMs) over.push(`over +${overMs} ms`);
  if (ms !== undefined && subjectMs > ms) over.push(`over ${ms} ms`);
  return over;
}

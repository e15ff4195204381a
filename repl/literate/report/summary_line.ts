/**
 * The last line of a test run.
 *
 * @module
 */

/** What happened to examples, counted. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Says how many examples passed, failed and, if there are any, were skipped.
 *
 * @example The line, without its end
 * ```ts
 * import assert from "node:assert/strict";
 * import { summaryLine } from "runlit/literate";
 *
 * assert.equal(summaryLine({ passed: 12, failed: 0, skipped: 1 }), "12 passed, 0 failed, 1 skipped");
 * ```
 */
export function summaryLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed` + (skipped === 0 ? "" : `, ${skipped} skipped`);
}

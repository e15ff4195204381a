/**
 * The events of a small test run.
 *
 * @module
 */

import type { TestEvent } from "../../repl/literate/report/events.ts";

const document = "docs/a.md";
const common = { document, language: "ts", durationMs: 1.5 } as const;

export const EVENTS: readonly TestEvent[] = [
  { type: "run-start", documents: 2, runtime: "node 20.20.2" },
  { type: "document-start", document, examples: 3 },
  { type: "document-error", document, line: 2, message: "Option 'prase' is not known" },
  {
    ...common,
    type: "example",
    index: 0,
    line: 5,
    endLine: 6,
    source: "1 + 1",
    status: "passed",
  },
  {
    ...common,
    type: "example",
    index: 1,
    line: 8,
    endLine: 12,
    source: 'cat(\n"<a> & b")  # 100%',
    status: "failed",
    failure: {
      reason: "{:d} does not match 'x' (line 2, column 1 of the output)",
      line: 11,
      diff: ["  a, b: c", "- {:d}", "+ \x1b[31mx"],
      expected: "a, b: c\n{:d}",
      actual: "a, b: c\n\x1b[31mx\n",
      separator: false,
      match: {
        field: "{:d}",
        line: 2,
        column: 1,
        expectedLine: 2,
        expectedColumn: 1,
        expectedPart: "{:d}",
        actualPart: "\x1b[31mx",
        reason: "{:d} does not match 'x'",
      },
    },
  },
  {
    ...common,
    type: "example",
    index: 2,
    line: 14,
    endLine: 14,
    source: "later()",
    status: "skipped",
    durationMs: 0,
    reason: "+windows",
  },
  { type: "document-end", document, passed: 1, failed: 2, skipped: 1, durationMs: 12.25 },
  { type: "document-start", document: "b.md", examples: 0 },
  { type: "document-end", document: "b.md", passed: 0, failed: 0, skipped: 0, durationMs: 3 },
  { type: "summary", documents: 2, passed: 1, failed: 2, skipped: 1, durationMs: 20 },
];

/**
 * Literate documents: Markdown whose examples are tests.
 *
 * Parse a document, decide which examples run, judge what they print, explain what failed, report
 * it, and bring the document up to date.
 *
 * @example From a document to a verdict
 * ```ts
 * import assert from "node:assert/strict";
 * import { judgeExample, parseDocument, resolveOptions } from "runlit/literate";
 *
 * const { examples } = await parseDocument("    >>> files()  // +parse\n    {n:d} files\n");
 * const [{ expected, options }] = examples;
 * const judgement = judgeExample(expected, { output: "3 files\n" }, resolveOptions(options));
 * assert.deepEqual(judgement.bindings, { n: 3 });
 * ```
 *
 * @module
 */

export * from "./match/collect_pattern_types.ts";
export * from "./match/compile_pattern.ts";
export * from "./match/example_outcome.ts";
export * from "./match/explain_match.ts";
export * from "./match/format_diff.ts";
export * from "./match/judge_example.ts";
export * from "./match/match_options.ts";
export * from "./match/match_output.ts";
export * from "./match/normalize_output.ts";
export * from "./match/outcome_texts.ts";
export * from "./match/parse_pattern.ts";
export * from "./match/pattern_diff.ts";
export * from "./match/pattern_error.ts";
export * from "./match/pattern_type.ts";
export * from "./match/pattern_types.ts";
export * from "./options/collect_options.ts";
export * from "./options/option_table.ts";
export * from "./options/parse_duration.ts";
export * from "./options/parse_options.ts";
export * from "./options/resolve_options.ts";
export * from "./options/should_run.ts";
export * from "./parse/document_settings.ts";
export * from "./parse/document_types.ts";
export * from "./parse/parse_document.ts";
export * from "./parse/read_settings.ts";
export * from "./report/create_reporter.ts";
export * from "./report/events.ts";
export * from "./report/explain_mismatch.ts";
export * from "./report/summary_line.ts";
export * from "./run/find_documents.ts";
export * from "./run/project_settings.ts";
export * from "./run/run_document.ts";
export * from "./run/run_documents.ts";
export * from "./run/test_document.ts";
export * from "./run/update_failed.ts";
export * from "./typecheck/check_types.ts";
export * from "./update/plan_update.ts";
export * from "./update/render_expected.ts";
export * from "./update/update_document.ts";

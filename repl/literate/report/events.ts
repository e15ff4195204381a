/**
 * What happens while documents run, as it is told to reporters.
 *
 * The order is: `run-start`, then for each document `document-start`, its `document-error`s and
 * `example`s and `document-end`, at last `summary`. Documents that run at the same time are told
 * one after the other. Of a document that is run again because it failed, the last trial is told.
 *
 * @module
 */

import type { MatchFailure } from "../match/explain_match.ts";

/** An event of a test run. */
export type TestEvent =
  | RunStartEvent
  | DocumentStartEvent
  | DocumentErrorEvent
  | ExampleEvent
  | DocumentEndEvent
  | SummaryEvent;

/** The run begins. */
export interface RunStartEvent {
  readonly type: "run-start";
  /** Number of documents. */
  readonly documents: number;
  /** Name and version of the runtime, such as `node 20.20.2`. */
  readonly runtime?: string;
}

/** A document begins. */
export interface DocumentStartEvent {
  readonly type: "document-start";
  /** Path of the document, as it is to be shown. */
  readonly document: string;
  /** Number of its examples. */
  readonly examples: number;
  /** Which trial it is, from 1, if a failed document is run again. */
  readonly trial?: number;
}

/** Something in a document, or with its process, is wrong: it counts as a failure. */
export interface DocumentErrorEvent {
  readonly type: "document-error";
  readonly document: string;
  /** Line of the document, counted from 1, if it is known. */
  readonly line?: number;
  readonly message: string;
}

/** An example is over, or was not run. */
export interface ExampleEvent {
  readonly type: "example";
  readonly document: string;
  /** Place among the document's examples, from 0. */
  readonly index: number;
  /** First and last line in the document, counted from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly language: "ts" | "sh";
  readonly source: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly durationMs: number;
  /** Why it was skipped. */
  readonly reason?: string;
  /** Why it failed. */
  readonly failure?: ExampleFailure;
}

/** Why an example failed. */
export interface ExampleFailure {
  readonly reason: string;
  /** Line of the document that is not matched. */
  readonly line: number | null;
  /** Lines of a diff: `-` expected, `+` actual, two spaces for both. */
  readonly diff: readonly string[];
  readonly expected: string;
  readonly actual: string;
  /** The place of the first difference, with the field that does not match. */
  readonly match: MatchFailure | null;
  /** What went to standard error, where that does not count as output. */
  readonly stderr?: string;
  /** Line to print before the failure, or false. */
  readonly separator: string | false;
}

/** A document is over. */
export interface DocumentEndEvent {
  readonly type: "document-end";
  readonly document: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly durationMs: number;
}

/** All documents are over. */
export interface SummaryEvent {
  readonly type: "summary";
  readonly documents: number;
  readonly passed: number;
  /** Failed examples and document errors. */
  readonly failed: number;
  readonly skipped: number;
  readonly durationMs: number;
}

/** Turns events into text; it remembers what it needs of those before. */
export type Reporter = (event: TestEvent) => string;

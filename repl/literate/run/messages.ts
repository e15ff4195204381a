/**
 * What the process of a document and its supervisor say to each other.
 *
 * @module
 */

import type { ExampleFailure } from "../report/events.ts";

/** What the process of a document has to do. */
export interface DocumentJob {
  /** Absolute path of the document. */
  readonly document: string;
  /** File that descriptors 1 and 2 of the process append to. */
  readonly outputFile: string;
  /** Settings of the project. */
  readonly project: import("../parse/document_settings.ts").DocumentSettings;
  /** Milliseconds an example may take, unless it says otherwise. */
  readonly timeout: number;
  /** Lines of the examples to report; those before them run too. Default: all. */
  readonly lines: readonly number[] | null;
  /** Text that the source of examples to report has in it. Default: all. */
  readonly filter: string | null;
  /** Whether the rest is not run after the first failure. */
  readonly failFast: boolean;
  /** Whether examples that passed are only counted. */
  readonly brief: boolean;
  /** The terminal that a prompt is on at the first failure; null for no prompt. */
  readonly terminal: PromptTerminal | null;
}

/** A terminal that is standard input; the supervisor shows text on it. */
export interface PromptTerminal {
  readonly color?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** An example, as the supervisor needs to know it. */
export interface ExampleInfo {
  readonly line: number;
  readonly endLine: number;
  readonly language: "ts" | "sh";
  readonly source: string;
}

/** What came of an example. */
export interface ExampleResult {
  readonly index: number;
  readonly status: "passed" | "failed" | "skipped";
  readonly durationMs: number;
  readonly reason?: string;
  readonly failure?: ExampleFailure;
}

/** What the process of a document reports, a line of JSON each. */
export type ChildMessage =
  /** The document is understood: these are its examples. */
  | {
    readonly type: "document";
    readonly examples: readonly ExampleInfo[];
    /** Milliseconds that the whole document may take, if it says so. */
    readonly timeout: number | null;
    /** Whether an example asks for a check of its types. */
    readonly typecheck: boolean;
  }
  | { readonly type: "problem"; readonly line?: number; readonly message: string }
  /** Results, and the number of those that passed and are left out. */
  | {
    readonly type: "results";
    readonly results: readonly ExampleResult[];
    readonly passed: number;
  }
  /** The same; and an example begins that may never end: it has that many milliseconds. */
  | {
    readonly type: "begin";
    readonly index: number;
    readonly timeout: number;
    readonly results: readonly ExampleResult[];
    readonly passed: number;
  }
  /** A prompt is shown: nothing is limited any more. */
  | { readonly type: "prompt" }
  /** Text for the terminal. */
  | { readonly type: "show"; readonly text: string }
  | { readonly type: "end" };

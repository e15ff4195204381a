/**
 * What a document consists of.
 *
 * @module
 */

import type { OptionValues } from "../options/option_table.ts";
import type { DocumentSettings } from "./document_settings.ts";

/** An example: source code, and what it is expected to print. */
export interface Example {
  /** Place among the document's examples, from 0. */
  readonly index: number;
  readonly language: "ts" | "sh";
  /** Line of the prompt, counted from 1. */
  readonly line: number;
  /** Last line of the source. */
  readonly sourceEndLine: number;
  /** Last line of the example: of its expected output, or of its source. */
  readonly endLine: number;
  /** Spaces before the prompt. */
  readonly indent: number;
  /** Column where the source begins in each of its lines, counted from 1. */
  readonly column: number;
  /** The source as written, without prompts; its lines are joined by line feeds. */
  readonly source: string;
  /** The source to run: without option comments that TypeScript would not understand. */
  readonly code: string;
  /** The expected output as written, without the indent and a last line feed. */
  readonly expected: string;
  /** Where the lines of the expected output are in the document's text, line ends included. */
  readonly expectedStart: number;
  readonly expectedEnd: number;
  /** The example's own options. */
  readonly options: OptionValues;
  /** Whether it is in an indented code block, where fences have no meaning. */
  readonly indented: boolean;
  /** The fenced block it is in. */
  readonly fence: Fence | null;
  /** Whether it is in an HTML comment. */
  readonly hidden: boolean;
  /** Whether a line that begins with `$ ` begins another example here. */
  readonly shellPrompts: boolean;
}

/** A fenced code block. */
export interface Fence {
  /** First word of the info string in lower case; empty when there is none. */
  readonly tag: string;
  /** Character and number of characters of the fence. */
  readonly char: "`" | "~";
  readonly size: number;
  /** Spaces before the fence. */
  readonly indent: number;
  /** Offset in the document's text of the opening fence's first character. */
  readonly open: number;
  /** The same of the closing fence; -1 when the block is never closed. */
  close: number;
}

/** Something in a document that cannot be understood; it makes the document fail. */
export interface DocumentError {
  /** Line of the document, counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** A document, parsed. */
export interface ParsedDocument {
  /** The text that offsets are about: as the file has it, with its line ends and byte order mark. */
  readonly text: string;
  /** The front matter's data, or null when there is none. */
  readonly frontMatter: Readonly<Record<string, unknown>> | null;
  readonly settings: DocumentSettings;
  readonly examples: readonly Example[];
  readonly errors: readonly DocumentError[];
}

/**
 * The source lines of an example, told from its output.
 *
 * @module
 */

import { type Blocks, isCodeIndent } from "./_blocks.ts";
import type { Lines } from "./_lines.ts";
import type { DocumentError } from "./document_types.ts";
import { closedLineEnds, isClosed } from "../options/scan_source.ts";
import { optionComments } from "../options/option_comments.ts";
import type { OptionValues } from "../options/option_table.ts";
import { parseOptions } from "../options/parse_options.ts";

/** Tells whether TypeScript source is complete, goes on, or is wrong. */
export type CheckSource = (source: string) => "complete" | "incomplete" | "invalid";

/** The prompts of a language. */
export interface Prompt {
  readonly language: "ts" | "sh";
  readonly first: string;
  readonly next: string;
}

export const TYPESCRIPT: Prompt = { language: "ts", first: ">>>", next: "..." };
export const SHELL: Prompt = { language: "sh", first: "$", next: ">" };

/** What is known of a document while its examples are found. */
export interface SourceContext {
  readonly blocks: Blocks;
  /** The document's own options. */
  readonly options: OptionValues;
  /** Names of options that modules define. */
  readonly custom: readonly string[];
  readonly checkSource: CheckSource | undefined;
  readonly errors: DocumentError[];
}

/**
 * Reads the source that begins in a line, and returns the line behind it.
 *
 * A line goes on with the source if the second prompt stands where the first does, with a space or
 * nothing behind it. In a fenced block, what cannot be source is output: see `outputLines()`.
 */
export function readSource(
  lines: Lines,
  index: number,
  indent: number,
  prompt: Prompt,
  context: SourceContext,
): { source: string; next: number } {
  let source = sourceText(lines, index, indent + prompt.first.length);
  let next = index + 1;
  if (goesOn(lines, next, indent, prompt) && !isOneLine(source, prompt, context)) {
    const parts = [source];
    for (; goesOn(lines, next, indent, prompt); next++) {
      parts.push(sourceText(lines, next, indent + prompt.next.length));
    }
    if (context.blocks.fence !== null && prompt === TYPESCRIPT) {
      const output = outputLines(parts, context);
      parts.length -= output;
      next -= output;
    }
    source = parts.join("\n");
  }
  const isDotted = next < lines.count && lines.text.charCodeAt(lines.texts[next]) === 0x2e;
  if (isDotted && prompt === TYPESCRIPT) checkIndent(lines, next, indent, source, context);
  return { source, next };
}

function goesOn(lines: Lines, index: number, indent: number, prompt: Prompt): boolean {
  if (index >= lines.count) return false;
  const at = lines.texts[index];
  if (at !== lines.starts[index] + indent || !lines.text.startsWith(prompt.next, at)) return false;
  const behind = at + prompt.next.length;
  return behind === lines.ends[index] || lines.text.charCodeAt(behind) === 32;
}

/** A line's text from a column on, without the space behind the prompt. */
function sourceText(lines: Lines, index: number, column: number): string {
  const start = Math.min(lines.starts[index] + column + 1, lines.ends[index]);
  return lines.text.slice(start, lines.ends[index]);
}

function isOneLine(first: string, prompt: Prompt, context: SourceContext): boolean {
  return optionsOf(first, prompt.language, context).oneline === true;
}

function optionsOf(source: string, language: "ts" | "sh", context: SourceContext): OptionValues {
  const own = optionComments(source, language).map(({ text }) => parseOptions(text).values);
  return Object.assign({}, context.options, ...own);
}

/**
 * Tells how many of the last lines are output that looks like source.
 *
 * One, if it is a bare `...` behind complete source that is one line or has a wildcard; behind
 * more lines it may close a block, as it does in Python. Else all lines behind the longest complete
 * source, if together with them it is not valid, as in `... 12 more items`.
 */
function outputLines(parts: readonly string[], context: SourceContext): number {
  const last = parts.length - 1;
  const isComplete = (source: string) =>
    isClosed(source) && (context.checkSource?.(source) ?? "complete") === "complete";
  if (parts[last] === "") {
    const before = parts.slice(0, last).join("\n");
    const { wildcard = false } = optionsOf(before, "ts", context);
    const isOutput = last === 1 || wildcard === true || wildcard === "...";
    if (isOutput && isComplete(before)) return 1;
  }
  // Nearly all source of several lines has a bracket open till its end, and needs no parser.
  const source = parts.join("\n");
  const ends = closedLineEnds(source);
  if (ends.length === 0 || context.checkSource?.(source) !== "invalid") return 0;
  for (const end of ends.toReversed()) {
    if (context.checkSource(source.slice(0, end)) === "complete") {
      return source.slice(end + 1).split("\n").length;
    }
  }
  return 0;
}

/** Finds a line that was meant to go on with the source, but does not stand below its prompt. */
function checkIndent(
  lines: Lines,
  index: number,
  indent: number,
  source: string,
  context: SourceContext,
): void {
  const at = lines.texts[index];
  const { text, starts, ends } = lines;
  const spaces = at - starts[index];
  if (!text.startsWith("...", at) || (at + 3 < ends[index] && text[at + 3] !== " ")) return;
  if (spaces === indent || (spaces < indent && isCodeIndent(context.blocks, indent))) return;
  if (isClosed(source) && context.checkSource?.(source) !== "incomplete") return;
  const message = `Cannot read example: '...' is indented by ${spaces} spaces, ` +
    `its '>>>' by ${indent}`;
  context.errors.push({ line: index + 1, message });
}

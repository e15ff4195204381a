/**
 * What has to change in a document so that its failed examples pass.
 *
 * @module
 */

import type { MatchOptions } from "../match/match_options.ts";
import type { Example, ParsedDocument } from "../parse/document_types.ts";
import { unsafeLine } from "./_unsafe_line.ts";
import { closesFence } from "./_fence_size.ts";
import { renderExpected } from "./render_expected.ts";

/** An example that failed, and what it printed. */
export interface UpdateResult {
  /** Place among the document's examples. */
  readonly index: number;
  /** The text that was compared; a judgement has it as `actual`. */
  readonly actual: string;
  /** The example's options, with the types and transforms that hold for it. */
  readonly options: MatchOptions & { readonly oneline?: boolean };
}

/** A change of one example's expected output. */
export interface UpdateHunk {
  readonly index: number;
  /** Line of the document where the expected output begins, or would. */
  readonly line: number;
  /** Lines of expected output before and after, without their indent. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Named fields that could not be kept: examples behind may need their values. */
  readonly lost: readonly string[];
  /** Why the output cannot be written into the document; null when it can. */
  readonly problem: string | null;
  /** Pieces of the document's text to replace. */
  readonly edits: readonly TextEdit[];
}

/** A piece of a text, and what comes in its place. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether it makes a fence longer: of several such edits at one place the longest counts. */
  readonly fence?: boolean;
}

/**
 * Plans the update of failed examples: one hunk for each whose expected output changes.
 *
 * Lines of expected output that match stay as they are, with their fields, wildcards and marks. In
 * lines that changed, fields stay whose text is found at a sensible place. What is written is
 * checked: it matches the output.
 */
export function planUpdate(
  document: ParsedDocument,
  results: readonly UpdateResult[],
): UpdateHunk[] {
  const hunks: UpdateHunk[] = [];
  for (const result of results) {
    const example = document.examples[result.index];
    const { lines, lost, problem } = renderExpected(
      example.expected,
      result.actual,
      result.options,
    );
    const before = example.expected === "" ? [] : example.expected.split("\n");
    if (problem === null && lines.join("\n") === before.join("\n")) continue;
    const unsafe = problem ?? unsafeLine(lines, example, before, result.options.oneline === true);
    hunks.push({
      index: result.index,
      line: example.sourceEndLine + 1,
      before,
      after: lines,
      lost,
      problem: unsafe,
      edits: unsafe === null ? editsOf(document.text, example, lines) : [],
    });
  }
  return hunks;
}

function editsOf(text: string, example: Example, lines: readonly string[]): TextEdit[] {
  const { expectedStart: start, expectedEnd: end, indent, fence } = example;
  const lineEnd = lineEndBefore(text, start);
  const isUnended = start > 0 && !/[\r\n]/.test(text[start - 1]);
  const written = lines.map((line) => " ".repeat(indent) + line + lineEnd).join("");
  // The document's last line may have no end: it stays so.
  const atEnd = end === text.length && !/[\r\n]$/.test(text);
  const body = atEnd ? written.slice(0, -lineEnd.length) : written;
  const edits: TextEdit[] = [{
    start,
    end,
    text: (isUnended && lines.length > 0 ? lineEnd : "") + body,
  }];
  if (fence === null) return edits;
  const size = closesFence(lines, example);
  if (size < fence.size) return edits;
  const more = fence.char.repeat(size + 1 - fence.size);
  edits.unshift({ start: fence.open, end: fence.open, text: more, fence: true });
  if (fence.close >= 0) {
    edits.push({ start: fence.close, end: fence.close, text: more, fence: true });
  }
  return edits;
}

function lineEndBefore(text: string, at: number): string {
  if (text[at - 1] === "\r") return "\r";
  if (text[at - 1] === "\n") return text[at - 2] === "\r" ? "\r\n" : "\n";
  return /\r\n?|\n/.exec(text)?.[0] ?? "\n";
}

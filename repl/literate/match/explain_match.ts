/**
 * Where output differs from what was expected, in lines of the document and of the output.
 *
 * @module
 */

import type { Pattern } from "./compile_pattern.ts";
import { restOfLine, shorten } from "./_shorten.ts";
import { explainPattern, type PatternFailure } from "./explain_pattern.ts";
import type { MatchOptions } from "./match_options.ts";
import { difference, matchWildcard } from "./match_wildcard.ts";
import { cleanOutput, normalizeExpected } from "./normalize_output.ts";

/** The first difference between expected and actual output. */
export interface MatchFailure {
  /** The field that does not match, as written; null when other text differs. */
  readonly field: string | null;
  /** Line of the output, and column in it, counted from 1. */
  readonly line: number;
  readonly column: number;
  /** The same in the expected output. */
  readonly expectedLine: number;
  readonly expectedColumn: number;
  /** What is left of both lines from there. */
  readonly expectedPart: string;
  readonly actualPart: string;
  /** In words, without a place. */
  readonly reason: string;
}

/** Expected and actual output: as they are, and as they were compared. */
export interface ComparedTexts {
  readonly expected: string;
  readonly actual: string;
  readonly wanted: string;
  readonly got: string;
}

/** Tells where texts that do not match begin to differ. */
export function explainMatch(
  texts: ComparedTexts,
  options: MatchOptions,
  pattern: Pattern | null,
  known?: PatternFailure,
): MatchFailure {
  const { expected, actual, wanted, got } = texts;
  const found = known ?? (pattern === null ? null : explainPattern(pattern, got)) ??
    explainText(wanted, got, options);
  // With -space, what is compared has no lines any more: find the place where lines still are.
  const asWritten = { ...options, space: true, paths: false, transforms: [] };
  const [line, column] = options.space === false
    ? placeOf(...unspaced(cleanOutput(actual, options), got, found.textAt))
    : placeOf(got, found.textAt);
  const [expectedLine, expectedColumn] = options.space === false
    ? placeOf(...unspaced(normalizeExpected(expected, asWritten), wanted, found.patternAt))
    : placeOf(wanted, found.patternAt);
  const { field, expectedPart, actualPart, reason } = found;
  return { field, line, column, expectedLine, expectedColumn, expectedPart, actualPart, reason };
}

function explainText(wanted: string, got: string, options: MatchOptions): PatternFailure {
  const fold = (text: string) => (options.case === false ? text.toLowerCase() : text);
  const found = options.wildcard === undefined || options.wildcard === false
    ? difference(fold(wanted), fold(got), 0, 0)
    : matchWildcard(fold(wanted), fold(got), fold(options.wildcard))!;
  const expectedPart = restOfLine(wanted, found.expectedAt);
  const actualPart = restOfLine(got, found.actualAt);
  return {
    field: null,
    patternAt: found.expectedAt,
    textAt: found.actualAt,
    expectedPart,
    actualPart,
    reason: reasonOf(wanted, got, found, expectedPart, actualPart),
  };
}

function reasonOf(
  wanted: string,
  got: string,
  found: { expectedAt: number; actualAt: number; part: string; anchored: boolean },
  expectedPart: string,
  actualPart: string,
): string {
  if (wanted === "") return "nothing is expected";
  if (got === "") return "there is no output";
  if (!found.anchored) {
    const part = found.part.trim().split("\n", 1)[0];
    return part === "" ? "the output does not end as expected" : `no '${part}' behind the wildcard`;
  }
  if (found.actualAt >= got.length) {
    return `the output ends where '${shorten(nextText(wanted, found.expectedAt))}' is expected`;
  }
  if (found.expectedAt >= wanted.length) {
    const more = shorten(nextText(got, found.actualAt));
    return `the output goes on with '${more}' where nothing more is expected`;
  }
  if (expectedPart === "") return `the line goes on with '${shorten(actualPart)}'`;
  if (actualPart === "") return `the line ends where '${shorten(expectedPart)}' is expected`;
  return `expected '${shorten(expectedPart)}', got '${shorten(actualPart)}'`;
}

/** Where as many characters that are no white space lie before a place in another form. */
function unspaced(text: string, normalized: string, at: number): [string, number] {
  let count = normalized.slice(0, at).replace(/\s/g, "").length;
  let place = 0;
  while (place < text.length && (count > 0 || /\s/.test(text[place]))) {
    if (!/\s/.test(text[place])) count--;
    place++;
  }
  return [text, place];
}

function placeOf(text: string, at: number): [line: number, column: number] {
  const before = text.slice(0, at);
  const start = before.lastIndexOf("\n") + 1;
  return [before.split("\n").length, at - start + 1];
}

/** The rest of the line, or the next line that is not empty. */
function nextText(text: string, at: number): string {
  return restOfLine(text, at + /^\n*/.exec(text.slice(at))![0].length);
}

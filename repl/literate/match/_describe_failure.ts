/**
 * Failures of patterns in words.
 *
 * @module
 */

import type { Pattern } from "./compile_pattern.ts";
import type { FieldMatch } from "./match_pattern.ts";
import type { PatternField, PatternLiteral } from "./parse_pattern.ts";
import { restOfLine, shorten } from "./_shorten.ts";

/** The first piece of a pattern that could not be matched, and where. */
export interface PatternFailure {
  /** The field as written, or null when literal text differs, or there is too much text. */
  readonly field: string | null;
  /** Where the piece begins in the pattern's text; its end when nothing more was expected. */
  readonly patternAt: number;
  /** Where the piece does not match in the text. */
  readonly textAt: number;
  /** The rest of the pattern's line from there. */
  readonly expectedPart: string;
  /** The rest of the text's line from there; empty at its end. */
  readonly actualPart: string;
  /** In words, without places. */
  readonly reason: string;
}

/** How far a text matched. */
export interface Reached {
  /** The token that does not match, and where its text begins. */
  readonly item: number;
  readonly start: number;
  /** The character that does not match, and the characters of a literal before that do. */
  readonly at: number;
  readonly offset: number;
}

/** Describes a token that does not match. */
export function describeItem(pattern: Pattern, text: string, reached: Reached): PatternFailure {
  const token = pattern.tokens[reached.item];
  if (token.kind === "field") return describeField(pattern, text, token, reached);
  return reached.offset === 0 && isBehindTyped(pattern, reached.item)
    ? describeStop(pattern, text, reached)
    : describeLiteral(pattern, text, token, reached);
}

function describeLiteral(
  pattern: Pattern,
  text: string,
  token: PatternLiteral,
  { item, at, offset }: Reached,
): PatternFailure {
  const patternAt = patternOffset(token, offset);
  const expectedPart = restOfLine(pattern.text, patternAt);
  const actualPart = restOfLine(text, at);
  // Behind a field that matches anything, only what the text has of the literal tells where.
  const isBegun = pattern.text.slice(token.start, patternAt).trim() !== "";
  const isLoose = item > 0 && !isBegun && isOpen(pattern, item - 1);
  const reason = isLoose
    ? notFound(token, pattern.tokens[item - 1] as PatternField)
    : differs(expectedPart, actualPart, at >= text.length);
  return { field: null, patternAt, textAt: at, expectedPart, actualPart, reason };
}

function notFound(token: PatternLiteral, before: PatternField): string {
  const line = token.text.trimStart().split("\n", 1)[0];
  return `no ${line === "" ? "end of line" : `'${shorten(line)}'`} after ${before.raw}`;
}

function differs(expectedPart: string, actualPart: string, isEnd: boolean): string {
  const [expected, actual] = [shorten(expectedPart), shorten(actualPart)];
  if (isEnd && expected === "") return "the output ends without a line end";
  if (isEnd) return `the output ends where '${expected}' is expected`;
  if (expected === "") return `the line goes on with '${actual}'`;
  if (actual === "") return `the line ends where '${expected}' is expected`;
  return `expected '${expected}', got '${actual}'`;
}

function describeField(
  pattern: Pattern,
  text: string,
  token: PatternField,
  { start, at }: Reached,
): PatternFailure {
  const actualPart = restOfLine(text, start);
  const isInside = at > start && at - start < actualPart.length;
  const reason = start >= text.length
    ? `the output ends where ${token.raw} is expected`
    : actualPart === ""
    ? `${token.raw} does not match the end of the line`
    : `${token.raw} does not match '${shorten(actualPart)}'` +
      (isInside ? ` (from its character ${at - start + 1} on)` : "");
  return {
    field: token.raw,
    patternAt: token.start,
    textAt: start,
    expectedPart: restOfLine(pattern.text, token.start),
    actualPart,
    reason,
  };
}

/** A field took in some text, and what comes behind it is not what is expected there. */
function describeStop(pattern: Pattern, text: string, { item, at }: Reached): PatternFailure {
  const token = pattern.tokens[item - 1] as PatternField;
  const expectedPart = restOfLine(pattern.text, pattern.tokens[item].start);
  const actualPart = restOfLine(text, at);
  const here = at >= text.length
    ? "the end of the output"
    : actualPart === ""
    ? "the end of the line"
    : `'${shorten(actualPart)}'`;
  const wanted = expectedPart === "" ? "the end of the line" : `'${shorten(expectedPart)}'`;
  return {
    field: token.raw,
    patternAt: token.start,
    textAt: at,
    expectedPart,
    actualPart,
    reason: `${token.raw} stops before ${here}, where ${wanted} is expected`,
  };
}

/** Describes text behind all that is expected. */
export function describeRest(pattern: Pattern, text: string, at: number): PatternFailure {
  const actualPart = restOfLine(text, at);
  return {
    field: null,
    patternAt: pattern.text.length,
    textAt: at,
    expectedPart: "",
    actualPart,
    reason: `the output goes on with '${shorten(actualPart)}' where nothing more is expected`,
  };
}

/** Describes a field whose text is not the one it had before. */
export function describeRepeat(
  pattern: Pattern,
  text: string,
  match: { relaxed?: readonly FieldMatch[]; differs?: number; gaveUp?: boolean },
): PatternFailure {
  const item = match.differs!;
  const token = pattern.tokens[item] as PatternField;
  const fields = new Map(match.relaxed!.map((field) => [field.token, field]));
  const [here, before] = [fields.get(item)!, fields.get(pattern.repeats[item])!];
  const actualPart = text.slice(here.start, here.end);
  const reason = match.gaveUp === true
    ? `gave up looking for a text of ${token.raw} that repeats: too many are possible; ` +
      `give the field a type`
    : `${token.raw} is '${shorten(actualPart)}' here, ` +
      `but '${shorten(text.slice(before.start, before.end))}' before`;
  return {
    field: token.raw,
    patternAt: token.start,
    textAt: here.start,
    expectedPart: restOfLine(pattern.text, token.start),
    actualPart,
    reason,
  };
}

/** Whether a token comes right behind a field that does not match just anything. */
export function isBehindTyped(pattern: Pattern, item: number): boolean {
  return item > 0 && pattern.tokens[item - 1].kind === "field" && !isOpen(pattern, item - 1);
}

function isOpen(pattern: Pattern, item: number): boolean {
  const token = pattern.tokens[item];
  if (token.kind === "literal") return false;
  const { type, width, precision } = token.spec;
  return /^(?:|any|line)$/.test(type) && width === undefined && precision === undefined;
}

/** Where a character of a literal is in the pattern as written, where braces may be doubled. */
function patternOffset(token: PatternLiteral, characters: number): number {
  let at = 0;
  for (let i = 0; i < characters; i++) at += token.text.codePointAt(at)! > 0xffff ? 2 : 1;
  return token.start + at + token.doubled.filter((brace) => brace < at).length;
}

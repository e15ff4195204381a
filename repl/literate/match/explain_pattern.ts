/**
 * Why a text does not match a pattern.
 *
 * @module
 */

import { type FieldMatch, matchPattern } from "./match_pattern.ts";
import { runMachine, type Saved } from "./_machine.ts";
import { MATCH } from "./_program.ts";
import { assemble, type Pattern } from "./compile_pattern.ts";
import type { PatternField } from "./parse_pattern.ts";

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

interface Reach {
  pc: number;
  at: number;
  saved: Saved | null;
}

/**
 * Finds how far a text matches: the furthest piece of the pattern that was begun.
 *
 * @returns Null when the text matches.
 */
export function explainPattern(pattern: Pattern, text: string): PatternFailure | null {
  const match = matchPattern(pattern, text);
  if (match.ok) return null;
  if (match.differs !== undefined) return explainRepeat(pattern, text, match);
  const program = assemble(pattern, 0, pattern.tokens.length);
  const best: Reach = { pc: -1, at: 0, saved: null };
  runMachine(program, text, 0, text.length, (pc, at, saved) => {
    const item = program.item[pc];
    const bestItem = best.pc < 0 ? -1 : program.item[best.pc];
    if (item < bestItem) return;
    // In a field the furthest character counts; in a literal the longest beginning, and for its
    // first character the longest text of the field before.
    const isLiteral = pattern.types[item] === null;
    const further = item > bestItem || (isLiteral ? pc > best.pc : at > best.at) ||
      (isLiteral && pc === best.pc && at > best.at && stopped(pattern, item));
    if (further) [best.pc, best.at, best.saved] = [pc, at, saved];
  });
  if (best.pc < 0 || program.op[best.pc] === MATCH) return explainRest(pattern, text, best.at);
  return explainItem(pattern, text, program.item[best.pc], best, literalOffset(program, best.pc));
}

function explainItem(
  pattern: Pattern,
  text: string,
  item: number,
  reach: Reach,
  offset: number,
): PatternFailure {
  const token = pattern.tokens[item];
  if (token.kind === "literal") {
    if (offset === 0 && stopped(pattern, item)) return explainStop(pattern, text, item, reach.at);
    const patternAt = patternOffset(pattern.text, token.start, offset);
    const expectedPart = lineAt(pattern.text, patternAt);
    const actualPart = lineAt(text, reach.at);
    // Behind a field that matches anything, only what the text has of the literal tells where.
    const begun = pattern.text.slice(token.start, patternAt).trim() !== "";
    const open = item > 0 && !begun && isOpen(pattern, item - 1);
    const reason = open
      ? `no '${shorten(firstLine(token.text))}' after ${
        (pattern.tokens[item - 1] as PatternField).raw
      }`
      : reach.at >= text.length
      ? endsEarly(expectedPart)
      : expectedPart === ""
      ? `the line goes on with '${shorten(actualPart)}'`
      : actualPart === ""
      ? `the line ends where '${shorten(expectedPart)}' is expected`
      : `expected '${shorten(expectedPart)}', got '${shorten(actualPart)}'`;
    return { field: null, patternAt, textAt: reach.at, expectedPart, actualPart, reason };
  }
  let start = reach.at;
  for (let link = reach.saved; link !== null; link = link.before) {
    if (link.slot === 2 * item) {
      start = link.at;
      break;
    }
  }
  const actualPart = lineAt(text, start);
  const where = reach.at > start && reach.at - start < actualPart.length
    ? ` (from its character ${reach.at - start + 1} on)`
    : "";
  const reason = start >= text.length
    ? `the output ends where ${token.raw} is expected`
    : actualPart === ""
    ? `${token.raw} does not match the end of the line`
    : `${token.raw} does not match '${shorten(actualPart)}'${where}`;
  const expectedPart = lineAt(pattern.text, token.start);
  return {
    field: token.raw,
    patternAt: token.start,
    textAt: start,
    expectedPart,
    actualPart,
    reason,
  };
}

/** A field took in some text, and what comes behind it is not what is expected there. */
function explainStop(pattern: Pattern, text: string, item: number, at: number): PatternFailure {
  const token = pattern.tokens[item - 1] as PatternField;
  const expectedPart = lineAt(pattern.text, pattern.tokens[item].start);
  const actualPart = lineAt(text, at);
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

/** Whether a piece comes right behind a field that does not match just anything. */
function stopped(pattern: Pattern, item: number): boolean {
  return item > 0 && pattern.tokens[item - 1].kind === "field" && !isOpen(pattern, item - 1);
}

function explainRest(pattern: Pattern, text: string, at: number): PatternFailure {
  const actualPart = lineAt(text, at);
  return {
    field: null,
    patternAt: pattern.text.length,
    textAt: at,
    expectedPart: "",
    actualPart,
    reason: `the output goes on with '${shorten(actualPart)}' where nothing more is expected`,
  };
}

function explainRepeat(
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
    expectedPart: lineAt(pattern.text, token.start),
    actualPart,
    reason,
  };
}

function endsEarly(expectedPart: string): string {
  return expectedPart === ""
    ? "the output ends without a line end"
    : `the output ends where '${shorten(expectedPart)}' is expected`;
}

/** Characters of the literal before an instruction. */
function literalOffset(program: { item: number[] }, pc: number): number {
  let first = pc;
  while (first > 0 && program.item[first - 1] === program.item[pc]) first--;
  return pc - first;
}

/** Where a literal's character is in the pattern as written, where braces may be doubled. */
function patternOffset(text: string, start: number, characters: number): number {
  let at = start;
  for (let i = 0; i < characters; i++) {
    const char = text[at];
    const isDoubled = (char === "{" || char === "}") && text[at + 1] === char;
    at += isDoubled || text.codePointAt(at)! > 0xffff ? 2 : 1;
  }
  return at;
}

function isOpen(pattern: Pattern, item: number): boolean {
  const token = pattern.tokens[item];
  if (token.kind === "literal") return false;
  const { type, width, precision } = token.spec;
  return /^(?:|any|line)$/.test(type) && width === undefined && precision === undefined;
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf("\n", at);
  return text.slice(at, end < 0 ? text.length : end);
}

function firstLine(text: string): string {
  return text.trimStart().split("\n", 1)[0] || "end of line";
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

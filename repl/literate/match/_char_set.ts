/**
 * Sets of characters: a table for ASCII, a function for the rest.
 *
 * @module
 */

/** A set of code points. */
export interface CharSet {
  /** One byte for each of the 128 ASCII characters: 1 when it is in the set. */
  readonly ascii: Uint8Array;
  /** Whether a code point from 128 on is in the set. */
  readonly wide: (point: number) => boolean;
}

/** What sets are made of: a range of code points, or another set. */
export type CharRange = readonly [first: number, last: number] | CharSet;

/** Makes the set of all that is in one of the ranges or, when negated, in none. */
export function charSet(ranges: readonly CharRange[], negated = false): CharSet {
  const ascii = new Uint8Array(128);
  for (let point = 0; point < 128; point++) {
    ascii[point] = ranges.some((range) => inRange(range, point)) !== negated ? 1 : 0;
  }
  return { ascii, wide: (point) => ranges.some((range) => inRange(range, point)) !== negated };
}

/** Makes the set of the characters that an expression for one character matches. */
export function charSetOf(expression: RegExp): CharSet {
  const ascii = new Uint8Array(128);
  for (let point = 0; point < 128; point++) {
    ascii[point] = expression.test(String.fromCharCode(point)) ? 1 : 0;
  }
  return { ascii, wide: (point) => expression.test(String.fromCodePoint(point)) };
}

/** The set that also holds the other case of each character. */
export function foldCharSet(set: CharSet): CharSet {
  const has = (point: number) => inRange(set, point);
  const folded = (point: number) => {
    if (has(point)) return true;
    const text = String.fromCodePoint(point);
    return has(onlyPoint(text.toLowerCase())) || has(onlyPoint(text.toUpperCase()));
  };
  const ascii = new Uint8Array(128);
  for (let point = 0; point < 128; point++) ascii[point] = folded(point) ? 1 : 0;
  return { ascii, wide: folded };
}

/** The code point that stands for both cases of a character. */
export function foldPoint(point: number): number {
  if (point < 128) return point >= 65 && point <= 90 ? point + 32 : point;
  const lower = onlyPoint(String.fromCodePoint(point).toLowerCase());
  return lower < 0 ? point : lower;
}

/** Whether a code point is in a set. */
export function inCharSet(set: CharSet, point: number): boolean {
  return point < 128 ? set.ascii[point] === 1 : set.wide(point);
}

function inRange(range: CharRange, point: number): boolean {
  return "ascii" in range
    ? point >= 0 && inCharSet(range, point)
    : point >= range[0] && point <= range[1];
}

/** The text's only code point, or -1: some characters have two in their other case. */
function onlyPoint(text: string): number {
  const point = text.codePointAt(0)!;
  return text.length === (point > 0xffff ? 2 : 1) ? point : -1;
}

export const DIGITS: CharSet = charSet([[48, 57]]);
export const NOT_DIGITS: CharSet = charSet([DIGITS], true);
// Letters and digits of all scripts, as Python's \w has them.
export const WORD: CharSet = charSetOf(/[\p{L}\p{N}_]/u);
export const NOT_WORD: CharSet = charSet([WORD], true);
export const SPACE: CharSet = charSetOf(/\s/u);
export const NOT_SPACE: CharSet = charSet([SPACE], true);

/**
 * Sets of characters in regular expressions: classes in brackets, and what follows a backslash.
 *
 * @module
 */

import {
  type CharRange,
  type CharSet,
  charSet,
  charSetOf,
  DIGITS,
  NOT_DIGITS,
  NOT_SPACE,
  NOT_WORD,
  SPACE,
  WORD,
} from "./_char_set.ts";
import { PatternError } from "./pattern_error.ts";

/** An expression, and how far it is read. */
export interface Reader {
  readonly source: string;
  at: number;
  depth: number;
}

const CONTROL: Record<string, string> = { n: "\n", t: "\t", r: "\r", f: "\f", v: "\v", 0: "\0" };
const CLASSES: Record<string, CharSet> = {
  d: DIGITS,
  D: NOT_DIGITS,
  w: WORD,
  W: NOT_WORD,
  s: SPACE,
  S: NOT_SPACE,
};
const ESCAPED_POINT = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}/y;
const PROPERTY = /[pP]\{[\w=]+\}/y;

/** Reads a class in brackets. */
export function readBracket(reader: Reader): CharSet {
  const { source } = reader;
  const ranges: CharRange[] = [];
  reader.at++;
  const negated = source[reader.at] === "^";
  if (negated) reader.at++;
  const start = reader.at;
  // As in Python, a ']' that comes first is itself.
  while (source[reader.at] !== "]" || reader.at === start) {
    if (reader.at >= source.length) fail(reader, "a ']' is missing");
    const first = member(reader);
    const isRange = typeof first === "number" && source[reader.at] === "-" &&
      reader.at + 1 < source.length && source[reader.at + 1] !== "]";
    if (!isRange) {
      ranges.push(typeof first === "number" ? [first, first] : first);
      continue;
    }
    reader.at++;
    const last = member(reader);
    if (typeof last !== "number" || last < first) fail(reader, "a range runs backwards");
    ranges.push([first, last as number]);
  }
  reader.at++;
  return charSet(ranges, negated);
}

function member(reader: Reader): number | CharSet {
  const point = reader.source.codePointAt(reader.at)!;
  reader.at += point > 0xffff ? 2 : 1;
  if (point !== 0x5c) return point;
  if (reader.source[reader.at] === "b") {
    reader.at++;
    return 8;
  }
  return readEscape(reader);
}

/** What follows a backslash: a character, or a set of them. */
export function readEscape(reader: Reader): number | CharSet {
  const { source, at } = reader;
  const char = source[at];
  if (char === undefined) return fail(reader, "it ends in a backslash");
  ESCAPED_POINT.lastIndex = PROPERTY.lastIndex = at;
  const point = ESCAPED_POINT.exec(source);
  if (point !== null) {
    reader.at += point[0].length;
    const value = parseInt(point[1] ?? point[2] ?? point[3], 16);
    return value <= 0x10ffff ? value : fail(reader, `there is no character '\\${point[0]}'`);
  }
  const property = PROPERTY.exec(source);
  if (property !== null) {
    reader.at += property[0].length;
    return propertySet(reader, property[0]);
  }
  if (/[1-9k]/.test(char)) fail(reader, "back-references are not supported; repeat the field");
  const itself = source.codePointAt(at)!;
  reader.at += itself > 0xffff ? 2 : 1;
  if (Object.hasOwn(CLASSES, char)) return CLASSES[char];
  if (Object.hasOwn(CONTROL, char)) return CONTROL[char].charCodeAt(0);
  if (/[A-Za-z]/.test(char)) fail(reader, `'\\${char}' has no meaning`);
  return itself;
}

function propertySet(reader: Reader, property: string): CharSet {
  try {
    return charSetOf(new RegExp(`\\${property}`, "u"));
  } catch (error) {
    return fail(reader, `there is no property '\\${property}'`, error);
  }
}

/** Refuses the expression. */
export function fail(reader: Reader, why: string, cause?: unknown): never {
  throw new PatternError(
    `Cannot use expression '${reader.source}': ${why} (at character ${reader.at + 1})`,
    undefined,
    { cause },
  );
}

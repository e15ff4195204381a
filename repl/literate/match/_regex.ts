/**
 * Regular expressions as trees: the part of the syntax that a machine without backtracking can run.
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

/** A part of a regular expression. */
export type RegexNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" }
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "sequence" | "choice"; readonly nodes: readonly RegexNode[] }
  | RegexRepeat
  | { readonly kind: "assert"; readonly what: Assertion };

/** A part that may repeat; `max` is Infinity for no limit. */
export interface RegexRepeat {
  readonly kind: "repeat";
  readonly node: RegexNode;
  readonly min: number;
  readonly max: number;
  readonly lazy: boolean;
}

/** Start and end of the text, a word's boundary and its opposite. */
export type Assertion = "^" | "$" | "b" | "B";

const CONTROL: Record<string, string> = { n: "\n", t: "\t", r: "\r", f: "\f", v: "\v", 0: "\0" };
const CLASSES: Record<string, CharSet> = {
  d: DIGITS,
  D: NOT_DIGITS,
  w: WORD,
  W: NOT_WORD,
  s: SPACE,
  S: NOT_SPACE,
};
const COUNT = /\{(\d+)(?:(,)(\d*))?\}/y;
const ESCAPED_POINT = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}/y;
const PROPERTY = /[pP]\{[\w=]+\}/y;
const MOST_TIMES = 10_000;
const DEEPEST = 100;

const cache = new Map<string, RegexNode>();

/**
 * Parses an expression. The dot matches line breaks too, `\w` letters of all scripts.
 *
 * @throws {PatternError} The syntax is broken, or asks for backtracking: look-around, back-references.
 */
export function parseRegex(source: string): RegexNode {
  let node = cache.get(source);
  if (node === undefined) {
    const reader = { source, at: 0, depth: 0 };
    node = choice(reader);
    if (reader.at < source.length) fail(reader, "there is a ')' too many");
    if (cache.size > 500) cache.clear();
    cache.set(source, node);
  }
  return node;
}

interface Reader {
  readonly source: string;
  at: number;
  depth: number;
}

function choice(reader: Reader): RegexNode {
  const nodes = [sequence(reader)];
  while (reader.source[reader.at] === "|") {
    reader.at++;
    nodes.push(sequence(reader));
  }
  return nodes.length === 1 ? nodes[0] : { kind: "choice", nodes };
}

function sequence(reader: Reader): RegexNode {
  const nodes: RegexNode[] = [];
  while (reader.at < reader.source.length && !"|)".includes(reader.source[reader.at])) {
    nodes.push(repeated(reader, atom(reader)));
  }
  return nodes.length === 1 ? nodes[0] : { kind: "sequence", nodes };
}

function repeated(reader: Reader, node: RegexNode): RegexNode {
  const char = reader.source[reader.at];
  let [min, max] = [0, Infinity];
  if (char === "*" || char === "+" || char === "?") {
    reader.at++;
    if (char === "+") min = 1;
    if (char === "?") max = 1;
  } else {
    COUNT.lastIndex = reader.at;
    const count = char === "{" ? COUNT.exec(reader.source) : null;
    if (count === null) return node;
    reader.at += count[0].length;
    min = Number(count[1]);
    max = count[2] === undefined ? min : count[3] === "" ? Infinity : Number(count[3]);
    if (max < min || min > MOST_TIMES || (max > MOST_TIMES && max !== Infinity)) {
      fail(reader, `'${count[0]}' is no sensible number of times`);
    }
  }
  if (node.kind === "assert") fail(reader, "there is nothing to repeat");
  const lazy = reader.source[reader.at] === "?";
  if (lazy) reader.at++;
  if ("*+".includes(reader.source[reader.at] || " ")) fail(reader, "there is nothing to repeat");
  return { kind: "repeat", node, min, max, lazy };
}

function atom(reader: Reader): RegexNode {
  const char = String.fromCodePoint(reader.source.codePointAt(reader.at)!);
  if (char === "(") return group(reader);
  if (char === "[") return bracket(reader);
  if ("*+?".includes(char)) fail(reader, "there is nothing to repeat");
  reader.at += char.length;
  if (char === ".") return { kind: "any" };
  if (char === "^" || char === "$") return { kind: "assert", what: char };
  if (char !== "\\") return { kind: "text", text: char };
  const next = reader.source[reader.at];
  if (next === "b" || next === "B") {
    reader.at++;
    return { kind: "assert", what: next };
  }
  const escaped = escape(reader);
  return typeof escaped === "number"
    ? { kind: "text", text: String.fromCodePoint(escaped) }
    : { kind: "set", set: escaped };
}

function group(reader: Reader): RegexNode {
  const { source, at } = reader;
  const head = /^\((?:\?(?:P?<[A-Za-z_]\w*>|:))?/.exec(source.slice(at, at + 100))![0];
  if (head === "(" && source[at + 1] === "?") {
    fail(reader, "look-around and flags in groups are not supported");
  }
  reader.at += head.length;
  if (++reader.depth > DEEPEST) fail(reader, "its groups are nested too deeply");
  const node = choice(reader);
  reader.depth--;
  if (source[reader.at] !== ")") fail(reader, "a ')' is missing");
  reader.at++;
  return node;
}

function bracket(reader: Reader): RegexNode {
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
  return { kind: "set", set: charSet(ranges, negated) };
}

function member(reader: Reader): number | CharSet {
  const point = reader.source.codePointAt(reader.at)!;
  reader.at += point > 0xffff ? 2 : 1;
  if (point !== 0x5c) return point;
  if (reader.source[reader.at] === "b") {
    reader.at++;
    return 8;
  }
  return escape(reader);
}

/** What follows a backslash: a character, or a set of them. */
function escape(reader: Reader): number | CharSet {
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

function fail(reader: Reader, why: string, cause?: unknown): never {
  throw new PatternError(
    `Cannot use expression '${reader.source}': ${why} (at character ${reader.at + 1})`,
    undefined,
    { cause },
  );
}

/**
 * Regular expressions as trees: the part of the syntax that a machine without backtracking can run.
 *
 * @module
 */

import type { CharSet } from "./_char_set.ts";
import { fail, readBracket, type Reader, readEscape } from "./_regex_class.ts";

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

const COUNT = /\{(\d+)(?:(,)(\d*))?\}/y;
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
  if (char === "[") return { kind: "set", set: readBracket(reader) };
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
  const escaped = readEscape(reader);
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

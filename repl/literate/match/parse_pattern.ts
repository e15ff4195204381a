/**
 * Patterns, split into literal text and fields.
 *
 * @module
 */

import { type FieldSpec, parseFieldSpec } from "./parse_field_spec.ts";

/** A piece of a pattern; `start` and `end` are offsets in the pattern's text. */
export type PatternToken = PatternLiteral | PatternField;

/** Text that stands for itself. */
export interface PatternLiteral {
  readonly kind: "literal";
  /** The text with doubled braces made single. */
  readonly text: string;
  /** Where in the text braces are that were doubled. */
  readonly doubled: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** A field such as `{}`, `{x}` or `{x:>8d}`. */
export interface PatternField {
  readonly kind: "field";
  /** Name as written, such as `x`, `a.b` or `d[k]`; empty when it has none. */
  readonly name: string;
  /** Names on the way to the value; empty when nothing is bound. */
  readonly path: readonly string[];
  readonly spec: FieldSpec;
  /** The field as written. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** Options of {@linkcode parsePattern}. */
export interface ParsePatternOptions {
  /** Braces that are not doubled may be in pairs, as in JSON. Default: true. */
  readonly balance?: boolean;
}

const FIELD =
  /\{([\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+|\[[^\][{}\s]*\])*)(?::(%[A-Za-z][^{}\n]*|[^{}:\n]*))?\}/uy;

/**
 * Splits a pattern into literal text and fields.
 *
 * `{{` and `}}` are literal braces. What is in braces but not a field, such as `{"a": 1}`, is
 * literal; so that JSON matches itself, such a `{` is closed by one `}`, and `}}` is one brace only
 * where it closes a `{{` or nothing. With `balance: false`, `}}` is one brace everywhere.
 *
 * @example Fields, and braces that are none
 * ```ts
 * import assert from "node:assert/strict";
 * import { parsePattern } from "runlit/literate";
 *
 * const [literal, field] = parsePattern('{"a": {"b": 1}} {x:d}');
 * assert.equal(literal.kind === "literal" && literal.text, '{"a": {"b": 1}} ');
 * assert.equal(field.kind === "field" && field.name, "x");
 * ```
 */
export function parsePattern(text: string, options: ParsePatternOptions = {}): PatternToken[] {
  const balance = options.balance ?? true;
  const tokens: PatternToken[] = [];
  const open: ("one" | "two")[] = [];
  let literal = "";
  let doubled: number[] = [];
  let literalStart = 0;
  let at = 0;
  const flush = (end: number) => {
    if (literal === "") return;
    tokens.push({ kind: "literal", text: literal, doubled, start: literalStart, end });
    literal = "";
    doubled = [];
  };
  const brace = /[{}]/g;
  while (at < text.length) {
    brace.lastIndex = at;
    const found = brace.exec(text)?.index ?? text.length;
    literal += text.slice(at, found);
    at = found;
    if (at === text.length) break;
    const isDoubled = text[at + 1] === text[at];
    if (text[at] === "}") {
      const top = open[open.length - 1];
      const width = isDoubled && (top !== "one" || !balance) ? 2 : 1;
      if (top === "one" || width === 2) open.pop();
      if (width === 2) doubled.push(literal.length);
      literal += "}";
      at += width;
      continue;
    }
    const field = isDoubled ? null : readField(text, at);
    if (field === null) {
      open.push(isDoubled ? "two" : "one");
      if (isDoubled) doubled.push(literal.length);
      literal += "{";
      at += isDoubled ? 2 : 1;
      continue;
    }
    flush(at);
    tokens.push(field);
    at = literalStart = field.end;
  }
  flush(text.length);
  return tokens;
}

function readField(text: string, start: number): PatternField | null {
  FIELD.lastIndex = start;
  const match = FIELD.exec(text);
  if (match === null) return null;
  const [raw, name, specText = ""] = match;
  const spec = parseFieldSpec(specText);
  if (spec === null) return null;
  const path = /^\p{L}/u.test(name) ? name.split(/[.[\]]+/).filter((part) => part !== "") : [];
  return { kind: "field", name, path, spec, raw, start, end: start + raw.length };
}

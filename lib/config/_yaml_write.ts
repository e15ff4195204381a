/**
 * Values as YAML spells them, so that readers of 1.1 and 1.2 take them for the same.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { type Found, isBigInteger } from "./_found.ts";
import { literal, type LiteralStyle, numberText } from "./_literals.ts";
import { writeYamlBlock } from "./_yaml_block.ts";
import { isPlain, TIMESTAMP, writeDouble, writeSingle } from "./_yaml_string.ts";

/** A value with what its spelling depends on. */
export interface YamlFound extends Found {
  /** Whether it is within brackets or braces. */
  readonly inFlow: boolean;
  /** Column of the name that it belongs to, or -1. */
  readonly indent: number;
}

/** Spells a value for the place of another: strings in its style, if that can hold them. */
export function writeYaml(value: JsonValue, found: Found, source: string): string {
  const { inFlow, indent, type, start, end } = found as YamlFound;
  const old = source.slice(start, end);
  const [, comment] = /^[|>][-+\d]*([ \t]+#[^\r\n]*)?/.exec(old) ?? [];
  if (typeof value === "string" && /^[|>]/.test(old)) {
    const block = writeYamlBlock(value, found, source);
    if (block !== undefined) return block;
  }
  const text = spell(value, old, type, inFlow) + (comment ?? "");
  if (start === end) return pad(text, source, start);
  // A list may be as far left as the name it belongs to. What replaces it has to be further right.
  const column = start - (source.lastIndexOf("\n", start - 1) + 1);
  const isBlock = /^-\s/.test(old) && column <= indent;
  return isBlock ? " ".repeat(indent + 2 - column) + text : text;
}

function spell(value: JsonValue, old: string, type: Found["type"], inFlow: boolean): string {
  const isNumber = type === "int" || type === "float";
  if (isNumber && isBigInteger(value)) return value;
  const isTop = typeof value !== "object" || value === null;
  const style: LiteralStyle = {
    null: () => "null",
    bool: String,
    number: (number) => writeNumber(number, type === "float"),
    string: (text) => writeString(text, old, inFlow || !isTop),
    list: (items) => `[${items.join(", ")}]`,
    object: (members) =>
      `{${members.map(([key, member]) => `${writeString(key, "", true)}: ${member}`).join(", ")}}`,
  };
  return literal(value, style);
}

/** Readers of 1.1 need a dot and a sign in floats that have an exponent. */
function writeNumber(value: number, asFloat: boolean): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  return numberText(value, asFloat).replace(/^(-?\d+)e/, "$1.0e");
}

function writeString(text: string, old: string, inFlow: boolean): string {
  if (/\p{Cs}/u.test(text)) throw new TypeError("YAML cannot hold half of a surrogate pair");
  if (old.startsWith('"')) return writeDouble(text);
  if (old.startsWith("'")) return writeSingle(text) ?? writeDouble(text);
  // Readers differ in whether a date is one. Where one was it may remain one.
  if (TIMESTAMP.test(text)) return TIMESTAMP.test(old) ? text : writeDouble(text);
  return isPlain(text, inFlow) ? text : writeDouble(text);
}

/** Keeps a value that is inserted apart from what is before and behind it. */
function pad(text: string, source: string, at: number): string {
  const before = at === 0 || /\s/.test(source[at - 1]) ? "" : " ";
  const behind = at === source.length || /\s/.test(source[at]) ? "" : " ";
  return before + text + behind;
}

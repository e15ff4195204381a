/**
 * The types of Python's format specs, for text and numbers.
 *
 * @module
 */

import type { FieldSpec } from "./parse_field_spec.ts";
import type { PatternType } from "./pattern_type.ts";

const FLOAT_WORDS = "nan|NaN|NAN|inf|Inf|INF|Infinity";

/** Types `l w W d D s S n b o x % f F e g`, and the one without a name. */
export const FORMAT_TYPES: readonly PatternType[] = [
  { name: "", doc: "any text, at least a character, over several lines if need be", pattern: text },
  { name: "l", doc: "ASCII letters", pattern: (spec) => some("[A-Za-z]", spec) },
  { name: "w", doc: "letters, digits and underscores", pattern: (spec) => some("\\w", spec) },
  { name: "W", doc: "anything but letters, digits, '_'", pattern: (spec) => some("\\W", spec) },
  { name: "D", doc: "anything but digits", pattern: (spec) => some("\\D", spec) },
  { name: "s", doc: "white space", pattern: (spec) => some("\\s", spec) },
  { name: "S", doc: "anything but white space", pattern: (spec) => some("\\S", spec) },
  {
    name: "d",
    doc: "integer, also 0x1f, 0b101, 0o17; a number",
    pattern: (spec) =>
      `\\d${upTo(spec)}|0[xX][0-9a-fA-F]${upTo(spec)}|0[bB][01]${upTo(spec)}` +
      `|0[oO][0-7]${upTo(spec)}`,
    numeric: true,
    convert: (value) => toInteger(value),
  },
  {
    name: "n",
    doc: "integer grouped by , or . as in 1,000; a number",
    pattern: "\\d{1,3}(?:[,.]\\d{3})*",
    numeric: true,
    convert: (value) => toInteger(value.replace(/[,.]/g, "")),
  },
  {
    name: "b",
    doc: "binary integer, 0b or not; a number",
    pattern: (spec) => `(?:0[bB])?[01]${upTo(spec)}`,
    numeric: true,
    convert: (value) => toInteger(value, "0b"),
  },
  {
    name: "o",
    doc: "octal integer, 0o or not; a number",
    pattern: (spec) => `(?:0[oO])?[0-7]${upTo(spec)}`,
    numeric: true,
    convert: (value) => toInteger(value, "0o"),
  },
  {
    name: "x",
    doc: "hexadecimal integer, 0x or not; a number",
    pattern: (spec) => `(?:0[xX])?[0-9a-fA-F]${upTo(spec)}`,
    numeric: true,
    convert: (value) => toInteger(value, "0x"),
  },
  {
    name: "%",
    doc: "percentage; a number, 0.125 for 12.5%",
    pattern: "\\d+(?:\\.\\d+)?%",
    numeric: true,
    convert: (value) => toFloat(value.slice(0, -1)) / 100,
  },
  ...["f", "F"].map((name) => ({
    name,
    doc: "number with a decimal point, without exponent",
    pattern: "\\d*\\.\\d+",
    numeric: true,
    convert: toFloat,
  })),
  {
    name: "e",
    doc: "number with point and exponent, nan, inf",
    pattern: `\\d*\\.\\d+[eE][-+]?\\d+|${FLOAT_WORDS}`,
    numeric: true,
    convert: toFloat,
  },
  {
    name: "g",
    doc: "number with or without point and exponent, nan, inf",
    pattern: `\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?|${FLOAT_WORDS}`,
    numeric: true,
    convert: toFloat,
  },
];

/** Reads an integer with an optional sign and prefix; a bigint when a number would lose digits. */
export function toInteger(text: string, prefix = ""): number | bigint {
  const [, sign, digits] = /^([-+ ]?)(.*)$/s.exec(text)!;
  const hasPrefix = /^0[xXbBoO]/.test(digits) && (prefix === "" || isPrefix(digits, prefix));
  const value = BigInt((hasPrefix ? "" : prefix) + digits);
  const signed = sign === "-" ? -value : value;
  const number = Number(signed);
  return Number.isSafeInteger(number) ? number : signed;
}

/** Reads a number as programs print it, with `nan` and `inf` in their usual spellings. */
export function toFloat(text: string): number {
  const trimmed = text.trim();
  const [, sign, word] = /^([-+]?)(.*)$/s.exec(trimmed)!;
  const lower = word.toLowerCase();
  if (lower === "nan") return NaN;
  if (lower === "inf" || lower === "infinity") return sign === "-" ? -Infinity : Infinity;
  return Number(trimmed);
}

// 0b1 is a hexadecimal number too, and its prefix then none.
function isPrefix(digits: string, prefix: string): boolean {
  return digits.slice(0, 2).toLowerCase() === prefix;
}

/** Any text; the width is the least, the precision the greatest number of characters. */
function text(spec: FieldSpec): string {
  if (spec.width === undefined && spec.precision === undefined) return ".+?";
  return `.{${spec.width ?? 1},${spec.precision ?? ""}}?`;
}

/** Characters of a class: the width is about padding only, the precision the greatest number. */
function some(what: string, spec: FieldSpec): string {
  return spec.precision === undefined ? `${what}+` : `${what}{1,${Math.max(spec.precision, 1)}}`;
}

function upTo(spec: FieldSpec): string {
  return spec.width === undefined ? "+" : `{1,${Math.max(spec.width, 1)}}`;
}

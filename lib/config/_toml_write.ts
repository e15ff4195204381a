/**
 * Values as TOML spells them.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { type Found, isBigInteger } from "./_found.ts";
import { escapeCode, literal, type LiteralStyle, numberText } from "./_literals.ts";

/** Spells a value for the place of another: strings in its quotes, if these can hold them. */
export function writeToml(value: JsonValue, found: Found, source: string): string {
  const isNumber = found.type === "int" || found.type === "float";
  if (isNumber && isBigInteger(value)) return writeInteger(value);
  if (found.type === "date" && typeof value === "string" && DATE.test(value)) return value;
  const old = found.type === "string" && typeof value === "string"
    ? source.slice(found.start, found.end)
    : '""';
  const [, quote, line] = /^('''|"""|.)(\r?\n)?/.exec(old) as RegExpExecArray;
  const eol = source.includes("\r\n") ? "\r\n" : "\n";
  const style: LiteralStyle = {
    null: () => {
      throw new TypeError("TOML has no null");
    },
    bool: String,
    number: (number) => writeNumber(number, found.type === "float"),
    string: (text) => writeString(text, quote, eol, line !== undefined),
    list: (items) => `[${items.join(", ")}]`,
    object: (members) =>
      members.length === 0
        ? "{}"
        : `{ ${members.map(([key, member]) => `${writeKey(key)} = ${member}`).join(", ")} }`,
  };
  return literal(value, style);
}

const DATE =
  /^(?:\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[-+]\d\d:\d\d)?)?|\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/;

function writeNumber(value: number, asFloat: boolean): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return numberText(value, asFloat);
}

function writeInteger(value: string): string {
  if (BigInt.asIntN(64, BigInt(value)) === BigInt(value)) return value;
  throw new TypeError("TOML's integers have 64 bits");
}

function writeKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : writeString(key, '"', "\n");
}

function writeString(text: string, quote: string, eol: string, onNextLine = false): string {
  if (/\p{Cs}/u.test(text)) throw new TypeError("TOML cannot hold half of a surrogate pair");
  // A newline right behind triple quotes does not count, so one that shall needs another.
  const start = quote.length === 3 && (onNextLine || text.startsWith("\n")) ? eol : "";
  if (quote.startsWith("'") && canBeLiteral(text, quote)) {
    return quote + start + text.replaceAll("\n", eol) + quote;
  }
  const basic = quote.replaceAll("'", '"');
  const isLong = basic.length === 3;
  const special = /[\\"\0-\x1f\x7f]/g;
  const escaped = text.replace(special, (char, at: number) => {
    if (isLong && char === "\n") return eol;
    // In triple quotes only a third in a row, or a last one, would end the string.
    if (isLong && char === '"' && !/""$/.test(text.slice(0, at)) && at < text.length - 1) {
      return char;
    }
    if (isLong && char === "\t") return char;
    return SHORT[char] ?? escapeCode("\\u", char.charCodeAt(0), 4);
  });
  return basic + start + escaped + basic;
}

function canBeLiteral(text: string, quote: string): boolean {
  if (quote.length === 1) return !/['\0-\x08\x0a-\x1f\x7f]/.test(text);
  return !/[\0-\x08\x0b-\x1f\x7f]|'''|'$/.test(text);
}

const SHORT: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

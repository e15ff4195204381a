/**
 * Values as JavaScript spells them.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { type Found, isBigInteger } from "./_found.ts";
import { escapeCode, literal, type LiteralStyle, numberText } from "./_literals.ts";

/** Spells a value for the place of another: strings in its quotes, others in those of the file. */
export function writeJavascript(value: JsonValue, found: Found, source: string): string {
  const old = source.slice(found.start, found.end);
  const isBigInt = found.type === "int" && /[\da-f]n$/i.test(old);
  if (isBigInteger(value) && isBigInt) return `${value}n`;
  if (isBigInteger(value) && found.type === "int") {
    throw new TypeError(
      "a number cannot hold it exactly; with a BigInt such as 1n there it can be",
    );
  }
  if (isBigInt && Number.isSafeInteger(value)) return `${BigInt(value as number)}n`;
  const quote = found.type === "string" && typeof value === "string" ? old[0] : usualQuote(source);
  const eol = source.includes("\r\n") ? "\r\n" : "\n";
  const style: LiteralStyle = {
    null: () => "null",
    bool: String,
    number: (number) => Number.isFinite(number) ? javascriptNumber(number) : String(number),
    string: (text) => writeString(text, quote, eol),
    list: (items) => `[${items.join(", ")}]`,
    object: (members) =>
      members.length === 0
        ? "{}"
        : `{ ${members.map(([key, member]) => `${writeKey(key, quote)}: ${member}`).join(", ")} }`,
  };
  return literal(value, style);
}

function javascriptNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : numberText(value, false);
}

function usualQuote(source: string): string {
  const count = (quote: string) => source.split(quote).length;
  return count("'") > count('"') ? "'" : '"';
}

function writeKey(key: string, quote: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(key) && key !== "__proto__") return key;
  const text = writeString(key, quote === "`" ? '"' : quote, "\n");
  // As a plain key, this one would set the prototype.
  return key === "__proto__" ? `[${text}]` : text;
}

const SHORT: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

function writeString(text: string, quote: string, eol: string): string {
  const isTemplate = quote === "`";
  const special = /[\\'"`\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\p{Cs}]|\$(?=\{)/gu;
  const escaped = text.replace(special, (char) => {
    if (/['"`]/.test(char)) return char === quote ? `\\${char}` : char;
    if (char === "$") return isTemplate ? "\\$" : char;
    if (isTemplate && char === "\n") return eol;
    return SHORT[char] ?? escapeCode("\\u", char.charCodeAt(0), 4);
  });
  return quote + escaped + quote;
}

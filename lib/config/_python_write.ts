/**
 * Values as Python spells them.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { type Found, isBigInteger } from "./_found.ts";
import { literal, type LiteralStyle, numberText } from "./_literals.ts";
import { writePythonString } from "./_python_string.ts";

/** Spells a value for the place of another: strings in its quotes, others as `repr()` would. */
export function writePython(value: JsonValue, found: Found, source: string): string {
  const old = source.slice(found.start, found.end);
  const isNumber = found.type === "int" || found.type === "float";
  if (isNumber && isBigInteger(value)) return value;
  const options = { ascii: hasOtherEncoding(source), eol: source.includes("\r\n") ? "\r\n" : "\n" };
  const like = found.type === "string" || found.type === "bytes" ? firstString(old) : undefined;
  if (typeof value === "string" && like) return writePythonString(value, like, options);
  const style: LiteralStyle = {
    ...STYLE,
    number: (number) => pythonNumber(number, found.type === "float"),
    string: (text) => {
      const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
      return writePythonString(text, { prefix: "", quote }, options);
    },
  };
  if (!Array.isArray(value) || !old.startsWith("(")) return literal(value, style);
  const items = value.map((item) => literal(item, style));
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}

const STYLE: Omit<LiteralStyle, "number" | "string"> = {
  null: () => "None",
  bool: (value) => value ? "True" : "False",
  list: (items) => `[${items.join(", ")}]`,
  object: (members) =>
    `{${members.map(([key, value]) => `${writeKey(key)}: ${value}`).join(", ")}}`,
};

function writeKey(key: string): string {
  return writePythonString(key, { prefix: "", quote: "'" }, { ascii: false, eol: "\n" });
}

function pythonNumber(value: number, asFloat: boolean): string {
  if (Number.isFinite(value)) return numberText(value, asFloat);
  return `float("${Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf"}")`;
}

/** Quotes and prefix of the first of the strings that a value consists of. */
function firstString(text: string): { prefix: string; quote: string } | undefined {
  const [token] = /^[a-zA-Z]*(?:'''|"""|'|")/.exec(text) ?? [];
  if (token === undefined) return undefined;
  const quote = token.replace(/^[a-zA-Z]*/, "");
  return { prefix: token.slice(0, -quote.length), quote };
}

/** Whether the source declares an encoding other than UTF-8, in its first two lines. */
function hasOtherEncoding(source: string): boolean {
  const [head] = /^(?:[^\r\n]*(?:\r\n?|\n|$)){1,2}/.exec(source) ?? [""];
  const [, name] = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/m.exec(head) ?? [];
  return name !== undefined && !/^utf[-_]?8/i.test(name);
}

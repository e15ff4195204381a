/**
 * Reads Guild's attributes: the YAML that PyYAML writes, which is a small part of all YAML.
 *
 * @module
 */

import type { JsonValue } from "../../types.ts";
import { plainScalar } from "./plain_scalar.ts";

/**
 * Parses an attribute of a Guild run: block lists and maps, and scalars, which may go over several
 * lines. Synchronous, and without a YAML parser, since every run of a listing has some.
 *
 * @throws {SyntaxError} The text is something else; the message has the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseYamlAttribute } from "runlit/parse-yaml-attribute";
 *
 * assert.deepEqual(parseYamlAttribute("loud: false\nmsg:\n- ho\n- 'it''s'\n"), {
 *   loud: false,
 *   msg: ["ho", "it's"],
 * });
 * ```
 */
export function parseYamlAttribute(text: string): JsonValue {
  const lines = text.split("\n").map((raw, i) => {
    const content = raw.replace(/\r$/, "");
    return { indent: content.search(/[^ ]|$/), text: content.trim(), number: i + 1 };
  });
  const reader: Reader = { lines, at: 0 };
  skipBlank(reader);
  if (reader.at >= lines.length) return null;
  const value = readBlock(reader, lines[reader.at].indent);
  skipBlank(reader);
  const rest = lines[reader.at];
  if (rest !== undefined && rest.text !== "..." && rest.text !== "") {
    throw fail(rest, "is unexpected");
  }
  return value;
}

interface Line {
  readonly indent: number;
  text: string;
  readonly number: number;
}

interface Reader {
  readonly lines: { indent: number; text: string; number: number }[];
  at: number;
}

function fail(line: Line, why: string): SyntaxError {
  return new SyntaxError(`'${line.text.slice(0, 40)}' ${why} in line ${line.number}`);
}

function skipBlank(reader: Reader): void {
  const { lines } = reader;
  while (reader.at < lines.length && /^(?:#.*|---)?$/.test(lines[reader.at].text)) reader.at++;
}

const KEY = /^((?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[\]{},&*!|>%@`][^#]*?)):(?:\s+(.*))?$/;

function readBlock(reader: Reader, indent: number): JsonValue {
  const line = reader.lines[reader.at];
  if (/^\?\s/.test(line.text)) throw fail(line, "is a key that Guild does not write");
  if (/^-(?:\s|$)/.test(line.text)) return readList(reader, indent);
  return KEY.test(line.text) ? readMap(reader, indent) : readScalar(reader, line.text, indent - 1);
}

function readList(reader: Reader, indent: number): JsonValue[] {
  const items: JsonValue[] = [];
  for (skipBlank(reader); reader.at < reader.lines.length; skipBlank(reader)) {
    const line = reader.lines[reader.at];
    if (line.indent !== indent || !/^-(?:\s|$)/.test(line.text)) break;
    const rest = line.text.slice(1).trimStart();
    if (rest === "") {
      reader.at++;
      items.push(readInner(reader, indent + 1));
      continue;
    }
    // What follows the dash is a block of its own, whose first line begins there.
    line.indent += line.text.length - rest.length;
    line.text = rest;
    items.push(readBlock(reader, line.indent));
  }
  return items;
}

function readMap(reader: Reader, indent: number): JsonValue {
  const entries: [string, JsonValue][] = [];
  for (skipBlank(reader); reader.at < reader.lines.length; skipBlank(reader)) {
    const line = reader.lines[reader.at];
    if (line.indent !== indent) break;
    if (/^\?\s/.test(line.text)) throw fail(line, "is a key that Guild does not write");
    const match = KEY.exec(line.text);
    if (match === null) break;
    const [, key, rest = ""] = match;
    const name = String(scalarValue(key, line, true));
    if (rest !== "") entries.push([name, readScalar(reader, rest, indent)]);
    else {
      reader.at++;
      skipBlank(reader);
      const next = reader.lines[reader.at];
      // PyYAML does not indent the lists of a map.
      const isList = next?.indent === indent && /^-(?:\s|$)/.test(next.text);
      entries.push([name, isList ? readList(reader, indent) : readInner(reader, indent + 1)]);
    }
  }
  return Object.fromEntries(entries);
}

function readInner(reader: Reader, least: number): JsonValue {
  skipBlank(reader);
  const next = reader.lines[reader.at];
  return next !== undefined && next.indent >= least ? readBlock(reader, next.indent) : null;
}

/** A scalar, and the lines that continue it: those that are indented more than `outer`. */
function readScalar(reader: Reader, first: string, outer: number): JsonValue {
  const line = reader.lines[reader.at++];
  let text = first;
  const quote = /^["']/.exec(first)?.[0];
  let breaks = 0;
  while (reader.at < reader.lines.length) {
    if (quote === undefined ? /^[[{]/.test(text) && closed(text) : isClosed(text, quote)) break;
    const next = reader.lines[reader.at];
    if (next.text === "" && hasMore(reader, outer)) breaks++;
    else if (next.text === "" || next.indent <= outer || next.text === "...") break;
    else {
      const escaped = quote === '"' && /(?:^|[^\\])(?:\\\\)*\\$/.test(text);
      text = (escaped ? text.slice(0, -1) : text + (breaks > 0 ? "\n".repeat(breaks) : " ")) +
        (escaped ? next.text.replace(/^\\(?= )/, "") : next.text);
      breaks = 0;
    }
    reader.at++;
  }
  return scalarValue(text, line, false);
}

function hasMore({ lines, at }: Reader, outer: number): boolean {
  const next = lines.slice(at).find((line) => line.text !== "");
  return next !== undefined && next.indent > outer;
}

function closed(text: string): boolean {
  return (text.match(/[[{]/g)?.length ?? 0) <= (text.match(/[\]}]/g)?.length ?? 0);
}

function isClosed(text: string, quote: string): boolean {
  return quote === "'" ? /^'(?:[^']|'')*'$/.test(text) : /^"(?:[^"\\]|\\[^])*"$/.test(text);
}

function scalarValue(text: string, line: Line, isKey: boolean): JsonValue {
  if (text.startsWith("'")) {
    if (!isClosed(text, "'")) throw fail(line, "is a quote that is not closed");
    return text.slice(1, -1).replaceAll("''", "'");
  }
  if (text.startsWith('"')) {
    if (!isClosed(text, '"')) throw fail(line, "is a quote that is not closed");
    return unescape(text.slice(1, -1));
  }
  if (text === "[]") return [];
  if (text === "{}") return {};
  const list = /^\[([^[\]{}"']*)\]$/.exec(text);
  if (list !== null) return list[1].split(",").map((item) => plainScalar(item.trim()));
  if (/^[[{&*!|>%@`]/.test(text)) throw fail(line, "is YAML that Guild does not write");
  return isKey ? text : plainScalar(text.replace(/\s+#.*$/, ""));
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

function unescape(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g,
    (_match, x, u, long, char: string) => {
      const hex = x ?? u ?? long;
      return hex === undefined ? ESCAPES[char] ?? char : String.fromCodePoint(parseInt(hex, 16));
    },
  );
}

/**
 * What the cursor stands in.
 *
 * @module
 */

import { type Token, tokenize } from "../editor/highlight.ts";

/** What is being written at the end of a source. */
export type Place =
  /** Text in quotes that are open; `call` is the function whose first argument it is. */
  | {
    readonly kind: "string";
    readonly quote: string;
    readonly call: string;
    readonly written: string;
    readonly from: number;
  }
  | {
    readonly kind: "property";
    readonly expression: string;
    readonly written: string;
    readonly from: number;
  }
  /** A name; `call` is the function whose options are being written, if it may be a key of them. */
  | {
    readonly kind: "name";
    readonly call: string;
    readonly written: string;
    readonly from: number;
  }
  | { readonly kind: "none" };

/**
 * Finds out what is being written at the end of a source.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { findPlace } from "runlit/find-place";
 *
 * assert.deepEqual(findPlace("1 + process.en"), {
 *   kind: "property",
 *   expression: "process",
 *   written: "en",
 *   from: 12,
 * });
 * assert.equal(findPlace("ls('/tm").kind, "string");
 * ```
 */
export function findPlace(source: string): Place {
  const tokens = tokenize(source).filter(({ kind }) => kind !== "space");
  const text = (token: Token | undefined) => token ? source.slice(token.start, token.end) : "";
  const last = tokens.at(-1);
  if (last?.kind === "comment" && (last.open || !/\n/.test(source.slice(last.end)))) {
    return { kind: "none" };
  }
  if (last?.kind === "string" && last.open && last.end === source.length) {
    const quote = source[last.start];
    const written = source.slice(last.start + 1);
    const call = text(tokens.at(-2)) === "(" ? text(tokens.at(-3)) : "";
    return { kind: "string", quote, call, written, from: last.start + 1 };
  }
  const isWord = last !== undefined && last.end === source.length &&
    ["name", "type", "keyword"].includes(last.kind);
  const written = isWord ? text(last) : "";
  const from = source.length - written.length;
  const before = isWord ? tokens.slice(0, -1) : tokens;
  const dot = before.at(-1);
  if (text(dot) === "." || text(dot) === "?.") {
    const expression = expressionBefore(source, before.slice(0, -1), dot!.start);
    return expression === "" ? { kind: "none" } : { kind: "property", expression, written, from };
  }
  return { kind: "name", call: callOfOptions(before.map(text)), written, from };
}

/** The expression in front of a dot: names, members, calls and indices. */
function expressionBefore(source: string, tokens: readonly Token[], end: number): string {
  let i = tokens.length - 1;
  let start = end;
  const text = (at: number) => at < 0 ? "" : source.slice(tokens[at].start, tokens[at].end);
  while (i >= 0) {
    const closing = text(i);
    if (closing === ")" || closing === "]") {
      let depth = 0;
      do {
        if (/^[)\]}]$/.test(text(i))) depth++;
        if (/^[([{]$/.test(text(i))) depth--;
        i--;
      } while (i >= 0 && depth > 0);
      if (depth > 0) return "";
      start = tokens[i + 1].start;
      // A call or an index goes on with what it is of.
      if (i >= 0 && /^(?:name|type)$/.test(tokens[i].kind) || /^[)\]]$/.test(text(i))) continue;
      break;
    }
    if (!/^(?:name|type|string|keyword|regex)$/.test(tokens[i].kind)) break;
    if (tokens[i].kind === "keyword" && !/^(?:this|super)$/.test(closing)) break;
    start = tokens[i].start;
    if (!/^\??\.$/.test(text(i - 1))) break;
    i -= 2;
  }
  return source.slice(start, end).trim();
}

/** The function called with the object that a key is being written in; empty for none. */
function callOfOptions(tokens: readonly string[]): string {
  if (!/^[{,]$/.test(tokens.at(-1) ?? "")) return "";
  let i = tokens.length - 1;
  const opening = (close: boolean) => {
    for (let depth = close ? 1 : 0; i >= 0; i--) {
      if (/^[)\]}]$/.test(tokens[i])) depth++;
      if (/^[([{]$|^.*\$\{$/.test(tokens[i]) && --depth < 0) return tokens[i];
    }
    return "";
  };
  if (opening(false) !== "{") return "";
  i--;
  if (opening(false) !== "(") return "";
  const name = tokens[i - 1] ?? "";
  return /^[\p{ID_Start}$_]/u.test(name) ? name : "";
}

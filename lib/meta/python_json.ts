/**
 * JSON as Python's `json` module writes it, so that both programs write the same bytes for the same
 * data.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";

/** Options of {@linkcode encodePythonJson}. */
export interface PythonJsonOptions {
  /** Spaces per level; 0 for all on one line, with `, ` and `: ` between things. @default {0} */
  readonly indent?: number;
  /** Whether keys are sorted, by code point. @default {false} */
  readonly sortKeys?: boolean;
  /** What the value is, for error messages. @default {"value"} */
  readonly what?: string;
}

/**
 * Encodes a value as Python's `json.dumps()` does: ASCII only, floats in Python's notation, `NaN`
 * and `Infinity` bare, and no newline at the end.
 *
 * Numbers without a fraction are written as Python's integers while they are exact, else as its
 * floats. Keys whose value is undefined are left out. Objects with a `toJSON()`, such as dates, are
 * written as what that returns.
 *
 * @throws {TypeError} Something JSON cannot hold (a function, a symbol, a cycle), with the path to
 * it.
 *
 * @example Python's bytes
 * ```ts
 * import assert from "node:assert/strict";
 * import { encodePythonJson } from "runlit/python-json";
 *
 * assert.equal(encodePythonJson(["echo", "é"]), '["echo", "\\u00e9"]');
 * assert.equal(
 *   encodePythonJson({ y: 1e-5, x: [] }, { indent: 2, sortKeys: true }),
 *   '{\n  "x": [],\n  "y": 1e-05\n}',
 * );
 * ```
 */
export function encodePythonJson(value: unknown, options: PythonJsonOptions = {}): string {
  const { indent = 0, sortKeys = false, what = "value" } = options;
  return encode(value, { indent, sortKeys, what, path: [], parents: [] });
}

interface State {
  readonly indent: number;
  readonly sortKeys: boolean;
  readonly what: string;
  readonly path: string[];
  readonly parents: object[];
}

function encode(value: unknown, state: State): string {
  switch (typeof value) {
    case "string":
      return encodeString(value);
    case "number":
      return encodeNumber(value);
    case "boolean":
    case "bigint":
      return String(value);
    case "object":
      return value === null ? "null" : encodeObject(value, state);
    default:
      throw refuse(
        `it is ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`}`,
        state,
      );
  }
}

function encodeObject(value: object, state: State): string {
  const { parents, path } = state;
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === "function") return encode(toJSON.call(value, path.at(-1) ?? ""), state);
  if (parents.includes(value)) throw refuse("it contains itself", state);
  if (parents.length >= 500) throw refuse("it is nested too deep", state);
  parents.push(value);
  const parts: string[] = [];
  const isArray = Array.isArray(value);
  if (isArray) {
    for (let i = 0; i < value.length; i++) parts.push(encodeMember(value[i], String(i), state));
  } else {
    const keys = Object.keys(value);
    if (state.sortKeys) keys.sort(compareCodePoints);
    for (const key of keys) {
      const member = (value as Record<string, unknown>)[key];
      if (member !== undefined) {
        parts.push(encodeString(key) + ": " + encodeMember(member, key, state));
      }
    }
  }
  parents.pop();
  const [open, close] = isArray ? "[]" : "{}";
  if (parts.length === 0) return open! + close!;
  if (state.indent === 0) return open! + parts.join(", ") + close!;
  const outer = "\n" + " ".repeat(state.indent * parents.length);
  const inner = outer + " ".repeat(state.indent);
  return open! + inner + parts.join("," + inner) + outer + close!;
}

function encodeMember(value: unknown, key: string, state: State): string {
  state.path.push(key);
  const text = encode(value, state);
  state.path.pop();
  return text;
}

function encodeString(value: string): string {
  const text = JSON.stringify(value);
  // deno-lint-ignore no-control-regex
  if (!/[^ -~]/.test(text)) return text;
  return text.replace(
    /[^ -~]/g,
    (char) => "\\u" + char.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}

/**
 * Python's `repr()`: exponents from 16 digits on and below 1e-4, and these of two digits at least.
 */
function encodeNumber(value: number): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }
  if (value === 0) return "-0.0";
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(value) ? `${value}.0` : String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/** Python's order of strings, which differs from JavaScript's beyond U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    // A surrogate stands for a code point above all others that are one unit long.
    if (x !== y) return (isSurrogate(x) ? x + 0x10000 : x) - (isSurrogate(y) ? y + 0x10000 : y);
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function refuse(why: string, { what, path }: State): TypeError {
  const where = path.length === 0 ? "" : ` at '${path.join(".")}'`;
  return new TypeError(`Cannot write ${what} as JSON: ${why}${where}`);
}

/**
 * Decodes JSON, and what Python writes beyond it: bare `NaN`, `Infinity` and `-Infinity`.
 *
 * @throws {SyntaxError} The text is neither.
 */
export function decodePythonJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    const mark = "\0runlit-number:";
    const marked = text.replace(
      /"(?:[^"\\]|\\.)*"|-?Infinity\b|\bNaN\b/g,
      (token) => token.startsWith('"') ? token : JSON.stringify(mark + token),
    );
    return JSON.parse(
      marked,
      (_key, value) =>
        typeof value === "string" && value.startsWith(mark)
          ? Number(value.slice(mark.length))
          : value,
    ) as JsonValue;
  }
}

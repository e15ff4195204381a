/**
 * Attributes in layout `text`: a file per attribute, its value as a person would write it.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { encodePythonJson } from "./python_json.ts";

/**
 * Encodes an attribute's value for layout `text`: a string as it is, anything else as JSON on one
 * line.
 *
 * A string that would be read back as something else, such as `123` or `true`, is written as JSON
 * too.
 *
 * @param what What it is, for error messages.
 *
 * @throws {TypeError} A value that JSON cannot hold.
 *
 * @example Strings are bare
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeTextAttribute, encodeTextAttribute } from "runlit/text-attribute";
 *
 * assert.equal(encodeTextAttribute("A test run"), "A test run");
 * assert.equal(encodeTextAttribute("123"), '"123"');
 * assert.equal(decodeTextAttribute("123"), 123);
 * ```
 */
export function encodeTextAttribute(value: JsonValue, what?: string): string {
  if (typeof value === "string" && decodeTextAttribute(value) === value) return value;
  return encodePythonJson(value, { sortKeys: true, what });
}

/**
 * Reads back what {@linkcode encodeTextAttribute} wrote: JSON if it is that, else the text as it
 * is.
 */
export function decodeTextAttribute(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

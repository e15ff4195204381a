/**
 * Writes YAML as Guild's files have it.
 *
 * @module
 */

import { compareCodePoints } from "../meta/python_json.ts";
import type { JsonValue } from "../types.ts";
import { pythonNumber } from "./_python_number.ts";
import { quoteYaml } from "./_quote_yaml.ts";

/** Options of {@linkcode encodeYamlValue}. */
export interface EncodeYamlOptions {
  /** Whether a number without a fraction is a float: `1.0`. Default: it is an integer. */
  readonly float?: boolean;
}

/**
 * Encodes a value as the YAML of a Guild attribute, with one newline at its end: in block style,
 * keys sorted, every text in quotes that would else be read as something else.
 *
 * These are PyYAML's bytes, but for two things that read the same: characters beyond ASCII are
 * written as they are, and long lines are not folded.
 *
 * @example An attribute
 * ```ts
 * import assert from "node:assert/strict";
 * import { encodeYamlValue } from "runlit/encode-yaml-value";
 *
 * assert.equal(encodeYamlValue({ msg: ["é", "1"], loud: false }), "loud: false\nmsg:\n- é\n- '1'\n");
 * assert.equal(encodeYamlValue({}), "{}\n");
 * ```
 */
export function encodeYamlValue(value: JsonValue, options: EncodeYamlOptions = {}): string {
  return isEmpty(value) || typeof value !== "object"
    ? `${scalar(value, options)}\n`
    : block(value as object, "", options);
}

function block(value: object, indent: string, options: EncodeYamlOptions): string {
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value as JsonValue[]) {
      // The first line of what is in an item stands on the line of its dash.
      text += isEmpty(item) || typeof item !== "object"
        ? `${indent}- ${scalar(item, options)}\n`
        : `${indent}- ${block(item as object, `${indent}  `, options).slice(indent.length + 2)}`;
    }
    return text;
  }
  const entries = Object.entries(value as Record<string, JsonValue>);
  entries.sort(([a], [b]) => compareCodePoints(a, b));
  for (const [key, item] of entries) {
    const start = `${indent}${quoteYaml(key)}:`;
    if (isEmpty(item) || typeof item !== "object") text += `${start} ${scalar(item, options)}\n`;
    else {
      const inner = Array.isArray(item) ? indent : `${indent}  `;
      text += `${start}\n${block(item as object, inner, options)}`;
    }
  }
  return text;
}

function isEmpty(value: JsonValue): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function scalar(value: JsonValue, options: EncodeYamlOptions): string {
  if (value === null) return "null";
  if (typeof value === "string") return quoteYaml(value);
  if (typeof value === "object") return Array.isArray(value) ? "[]" : "{}";
  if (typeof value === "boolean") return String(value);
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  // YAML 1.1 takes only what has a dot for a float.
  return pythonNumber(value, options.float).replace(/^(-?\d+)e/, "$1.0e");
}

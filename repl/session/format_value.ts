/**
 * Values as text.
 *
 * @module
 */

import { inspect } from "node:util";

/**
 * How a value is shown.
 *
 * - `inspect`: as `node:util` inspects it, strings in quotes.
 * - `pprint`: the whole value, whatever its depth and length, keys sorted, lines of at most 72
 *   columns where that is possible.
 * - `json`: indented by 2, keys sorted; nothing for what JSON cannot hold.
 * - `none`: not at all.
 */
export type ValueDisplay = "inspect" | "pprint" | "json" | "none";

/** A property of a value: false keeps the value from being shown. */
export const DISPLAY: unique symbol = Symbol.for("runlit.display");

/**
 * Shows a value; null when there is nothing to show, as for undefined.
 *
 * With `pprint` and `json` undefined is shown too, for there the value was asked for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatValue } from "runlit/session";
 *
 * assert.equal(formatValue("a"), "'a'");
 * assert.equal(formatValue({ b: 1, a: [2] }, "json"), '{\n  "a": [\n    2\n  ],\n  "b": 1\n}');
 * assert.equal(formatValue(undefined), null);
 * ```
 */
export function formatValue(value: unknown, display: ValueDisplay = "inspect"): string | null {
  // The commonest values need no inspection.
  if (display === "none") return null;
  if (display === "json") return jsonOf(value);
  if (display === "pprint") {
    return inspect(value, {
      depth: Infinity,
      sorted: true,
      breakLength: 72,
      maxArrayLength: Infinity,
      maxStringLength: Infinity,
    });
  }
  if (value === undefined) return null;
  if (typeof value === "object" && value !== null && Reflect.get(value, DISPLAY) === false) {
    return null;
  }
  return inspect(value);
}

function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value, sortKeys, 2) ?? null;
  } catch {
    return null;
  }
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}

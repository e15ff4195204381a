/**
 * Flag values as people read them.
 *
 * @module
 */

import { compareCodePoints } from "../meta/python_json.ts";
import type { JsonValue } from "../types.ts";
import { plainScalar } from "../meta/guild/plain_scalar.ts";
import { pythonNumber } from "./_python_number.ts";
import { quoteYaml } from "./_quote_yaml.ts";
import { parseSearchSpace } from "./parse_search_space.ts";
import { parseSequence } from "./parse_sequence.ts";

/** Options of {@linkcode formatFlagValue}. */
export interface FormatFlagValueOptions {
  /** Whether a number without a fraction is a float: `1.0`. Default: it is an integer. */
  readonly float?: boolean;
}

/**
 * Formats a value so that `parseFlagValue()` reads the same value from it: `yes`, `no`, `null`,
 * `[a, b]`, `{k: v}`; a text is in quotes where it would else mean something else, or has spaces.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatFlagValue } from "runlit/format-flag-value";
 *
 * assert.equal(formatFlagValue([true, null, "a", "1", "b c"]), "[yes, null, a, '1', 'b c']");
 * assert.equal(formatFlagValue("naïve"), "naïve");
 * ```
 */
export function formatFlagValue(value: JsonValue, options: FormatFlagValueOptions = {}): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return formatNumber(value, options.float ?? false);
  if (typeof value === "string") return formatText(value);
  if (Array.isArray(value)) {
    return `[${value.map((item) => formatItem(item, options)).join(", ")}]`;
  }
  const entries = Object.entries(value).sort(([a], [b]) => compareCodePoints(a, b));
  return `{${
    entries.map(([key, item]) => `${formatItem(key, {})}: ${formatItem(item, options)}`).join(", ")
  }}`;
}

function formatNumber(value: number, float: boolean): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  return pythonNumber(value, float);
}

/** In a list or map, commas and brackets mean something too. */
function formatItem(value: JsonValue, options: FormatFlagValueOptions): string {
  const text = formatFlagValue(value, options);
  return typeof value === "string" && text === value && /[,[\]{}]/.test(value)
    ? `'${value.replaceAll("'", "''")}'`
    : text;
}

function formatText(value: string): string {
  // Digits that no number can hold, and ranges to sample from, are texts that mean what they say.
  if (/^-?[1-9]\d{15,}$/.test(value) && !Number.isSafeInteger(Number(value))) return value;
  const quoted = quoteYaml(value);
  if (quoted !== value) return isItself(value) ? value : quoted;
  const means = /\s/.test(value) || value.startsWith("~/") || isSequence(value);
  return means ? `'${value.replaceAll("'", "''")}'` : value;
}

/** Text that YAML has to quote, but that means itself here: dates, `1_000`, `y`, `[1:10]`. */
function isItself(value: string): boolean {
  if (/^[\w:.+-]+$/.test(value) && !value.endsWith(":")) return plainScalar(value) === value;
  try {
    return parseSearchSpace(value) !== null;
  } catch {
    return false;
  }
}

function isSequence(value: string): boolean {
  try {
    return parseSequence(value) !== null;
  } catch {
    return true;
  }
}

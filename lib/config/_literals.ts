/**
 * Values in a language's own spelling.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";

/** How a language spells values. What it cannot hold is a `TypeError` that says so. */
export interface LiteralStyle {
  readonly null: () => string;
  readonly bool: (value: boolean) => string;
  readonly number: (value: number) => string;
  readonly string: (value: string) => string;
  readonly list: (items: string[]) => string;
  readonly object: (members: [key: string, value: string][]) => string;
}

/** Spells a value, lists and objects on one line. */
export function literal(value: JsonValue, style: LiteralStyle): string {
  switch (typeof value) {
    case "boolean":
      return style.bool(value);
    case "number":
      return style.number(value);
    case "string":
      return style.string(value);
    case "object": {
      if (value === null) return style.null();
      if (isList(value)) return style.list(value.map((item) => literal(item, style)));
      return style.object(
        Object.entries(value).map(([key, member]) => [key, literal(member, style)]),
      );
    }
    default:
      throw new TypeError(`${typeof value} is no value that config can hold`);
  }
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/**
 * Spells a finite number, as a float or, if it is whole, as an integer.
 *
 * JSON does not tell `1.0` from `1`. So what decides is the value that is replaced: a whole number
 * in a float's place stays a float, since readers that are strict about types depend on it. Whole
 * numbers that are too large to be exact are floats as well.
 */
export function numberText(value: number, asFloat: boolean): string {
  if (Object.is(value, -0)) return asFloat ? "-0.0" : "0";
  const text = String(value);
  if (!Number.isInteger(value) || text.includes("e")) return text;
  return asFloat || !Number.isSafeInteger(value) ? `${text}.0` : text;
}

/** Spells a code unit or code point as `prefix` and hexadecimal digits. */
export function escapeCode(prefix: string, code: number, digits: number): string {
  return prefix + code.toString(16).padStart(digits, "0");
}

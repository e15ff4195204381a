/**
 * Config values in few characters.
 *
 * @module
 */

import type { JsonValue } from "../../lib/types.ts";

/** Formats a value in few characters: floats with four significant digits, strings as they are. */
export function formatConfigValue(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") {
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  }
  if (Array.isArray(value)) return value.map((item) => formatConfigValue(item)).join(", ");
  if (typeof value === "object" && "value" in value) return formatConfigValue(value.value);
  return typeof value === "boolean" ? String(value) : JSON.stringify(value);
}

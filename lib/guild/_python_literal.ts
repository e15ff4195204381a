/**
 * Values as Python's own.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { pythonNumber } from "./_python_number.ts";

/** Formats a value as Python's `repr()` does. */
export function pythonLiteral(value: JsonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return pythonNumber(value);
  if (typeof value === "string") {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const inner = value.replace(/[\\\n\r\t]/g, (char) => JSON.stringify(char).slice(1, -1));
    return quote + (quote === "'" ? inner.replaceAll("'", "\\'") : inner) + quote;
  }
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  const members = Object.entries(value).map(([key, item]) =>
    `${pythonLiteral(key)}: ${pythonLiteral(item)}`
  );
  return `{${members.join(", ")}}`;
}

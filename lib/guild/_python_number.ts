/**
 * Numbers as Python prints them.
 *
 * @module
 */

import { encodePythonJson } from "../meta/python_json.ts";

/** Formats a number as Python's `repr()` does; `float` says that `1` is `1.0`. */
export function pythonNumber(value: number, float: boolean = false): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const text = encodePythonJson(value);
  return float && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

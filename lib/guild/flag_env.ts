/**
 * Flags as variables of a command's environment.
 *
 * @module
 */

import type { Config, JsonValue } from "../types.ts";
import { pythonNumber } from "./_python_number.ts";
import type { FlagDef } from "./flag_def.ts";
import { shellQuote } from "../meta/guild/shell_quote.ts";

/**
 * Names the variable that Guild gives a flag in: `FLAG_` and the name in upper case, with `_` for
 * everything but letters and digits.
 */
export function flagVariable(name: string): string {
  return `FLAG_${name.toUpperCase().replace(/[^A-Z0-9_]/g, "_")}`;
}

/**
 * Formats values of flags as variables: true is `1`, false is empty, a list has its items separated
 * by spaces. Null is left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { flagEnv } from "runlit/flag-env";
 *
 * assert.deepEqual(flagEnv([], { "batch-size": 32, loud: false }), {
 *   FLAG_BATCH_SIZE: "32",
 *   FLAG_LOUD: "",
 * });
 * ```
 */
export function flagEnv(flags: readonly FlagDef[], values: Config): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === null) continue;
    const float = flags.find((flag) => flag.name === name)?.type === "float";
    env[flagVariable(name)] = formatVariable(value, float);
  }
  return env;
}

/** Formats a value as the text of a variable. */
export function formatVariable(value: JsonValue, float: boolean = false): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "1" : "";
  if (typeof value === "number") return pythonNumber(value, float);
  if (typeof value === "string") return value;
  return Array.isArray(value)
    ? value.map((item) => shellQuote(formatVariable(item, float))).join(" ")
    : JSON.stringify(value);
}

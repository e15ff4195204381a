/**
 * Can a flag have a value?
 *
 * @module
 */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { suggest } from "../suggest.ts";
import type { JsonValue } from "../types.ts";
import type { FlagDef } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";
import { formatFlagValue } from "./format_flag_value.ts";

/** Options of {@linkcode checkFlagValue}. */
export interface CheckFlagValueOptions {
  /** Directory that paths are relative to. Default: the process's. */
  readonly dir?: string;
}

/**
 * Checks that a flag can have a value: that it is one of its choices, and of its type. Of a flag
 * that takes several, each is checked. Null is always possible.
 *
 * @throws {FlagError} It cannot; the message says what would be right.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkFlagValue } from "runlit/check-flag-value";
 *
 * const flag = { name: "size", default: "m", choices: ["s", "m", "l"] };
 * checkFlagValue(flag, "l");
 * assert.throws(() => checkFlagValue(flag, "xl"), /Cannot set flag 'size' to xl: it is one of s, m, l/);
 * ```
 */
export function checkFlagValue(
  flag: FlagDef,
  value: JsonValue,
  options: CheckFlagValueOptions = {},
): void {
  const several = flag.argSplit === true || flag.argRepeat === "each";
  if (several && Array.isArray(value)) {
    for (const item of value) {
      checkFlagValue({ ...flag, argSplit: false, argRepeat: "count" }, item, options);
    }
    return;
  }
  if (value === null) return;
  const { name, choices, type } = flag;
  const refuse = (why: string) =>
    new FlagError(`Cannot set flag '${name}' to ${formatFlagValue(value)}: ${why}`, { flag: name });
  if (choices !== undefined && !choices.some((choice) => isSame(choice, value))) {
    const names = choices.map((choice) => formatFlagValue(choice));
    const near = suggest(String(value), names);
    const hint = near === null ? "" : `; did you mean '${near}'?`;
    throw refuse(`it is one of ${names.join(", ")}${hint}`);
  }
  const why = type === undefined ? null : PROBLEMS[type]?.(value, options) ?? null;
  if (why !== null) throw refuse(why);
}

/** `1` and `"1"` are the same on a command line. */
function isSame(choice: JsonValue, value: JsonValue): boolean {
  return choice === value || (typeof choice !== "boolean" && String(choice) === String(value));
}

type Problem = (value: JsonValue, options: CheckFlagValueOptions) => string | null;

const isDigits = (value: JsonValue) => typeof value === "string" && /^-?\d+$/.test(value);

const PROBLEMS: Readonly<Partial<Record<string, Problem>>> = {
  int: (value) => Number.isInteger(value) || isDigits(value) ? null : "it takes whole numbers",
  float: (value) => typeof value === "number" || isDigits(value) ? null : "it takes numbers",
  number: (value) => typeof value === "number" || isDigits(value) ? null : "it takes numbers",
  boolean: (value) => typeof value === "boolean" ? null : "it takes yes or no",
  "existing-path": (value, { dir = "." }) =>
    typeof value === "string" && existsSync(resolve(dir, value)) ? null : "there is no such file",
};

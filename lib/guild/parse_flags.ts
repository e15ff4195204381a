/**
 * Flags on a command line: `name=value` words.
 *
 * @module
 */

import { suggest } from "../suggest.ts";
import type { Config, JsonValue } from "../types.ts";
import { checkFlagValue, type CheckFlagValueOptions } from "./check_flag_value.ts";
import { type FlagDef, takesList } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";
import { parseFlagValue } from "./parse_flag_value.ts";
import { parseSearchSpace } from "./parse_search_space.ts";

/** Options of {@linkcode parseFlags}. */
export interface ParseFlagsOptions extends CheckFlagValueOptions {
  /** What has the flags, for error messages, such as `'say.py'`. Default: `the script`. */
  readonly where?: string;
  /** Why there may be flags that are not known, for error messages. Default: there are none. */
  readonly unknown?: string;
}

/**
 * Parses words such as `lr=0.1` to values of flags. A value that is a list, for a flag that takes
 * one value, stays a list: each of its items is a value to try; so does a range to sample from.
 * `_` and `-` in names are the same where no other flag has that name.
 *
 * @throws {FlagError} A word that is no assignment, a flag that there is not, or a value that the
 * flag cannot have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseFlags } from "runlit/parse-flags";
 *
 * const flags = [{ name: "batch-size", default: 1 }, { name: "sizes", default: null, argSplit: true }];
 * assert.deepEqual(await parseFlags(["batch_size=[8,16]", "sizes=[1,2]"], flags), {
 *   "batch-size": [8, 16],
 *   sizes: [1, 2],
 * });
 * ```
 */
export async function parseFlags(
  words: readonly string[],
  flags: readonly FlagDef[],
  options: ParseFlagsOptions = {},
): Promise<Config> {
  const { where = "the script" } = options;
  const values: Record<string, JsonValue> = {};
  for (const word of words) {
    const at = word.indexOf("=");
    if (at <= 0) {
      const right = at === 0 ? `NAME${word}` : `${word}=VALUE`;
      throw new FlagError(`Cannot use '${word}' as a flag of ${where}: write it as '${right}'`);
    }
    const flag = findFlag(word.slice(0, at).trim(), flags, options);
    const value = await parseFlagValue(word.slice(at + 1), flag);
    checkFlagValues(flag, value, options);
    values[flag.name] = value;
  }
  return values;
}

/**
 * Finds a flag by its name.
 *
 * @throws {FlagError} There is none; the message has the nearest name, or all of them.
 */
export function findFlag(
  name: string,
  flags: readonly FlagDef[],
  options: ParseFlagsOptions = {},
): FlagDef {
  const exact = flags.find((flag) => flag.name === name);
  if (exact !== undefined) return exact;
  const plain = (text: string) => text.replace(/^-+/, "").replaceAll("_", "-");
  const alike = flags.filter((flag) => plain(flag.name) === plain(name));
  if (alike.length === 1) return alike[0];
  const { where = "the script", unknown } = options;
  const names = flags.map((flag) => flag.name);
  const near = suggest(name, names);
  const why = near !== null
    ? `did you mean '${near}'?`
    : names.length > 0
    ? `it has ${names.join(", ")}`
    : "it has no flags";
  const more = unknown === undefined ? "" : `; ${unknown}`;
  throw new FlagError(`There is no flag '${name}' of ${where}: ${why}${more}`, { flag: name });
}

/** Whether a value of a flag stands for several values to try. */
export function isTrialValue(flag: FlagDef, value: JsonValue): boolean {
  if (typeof value === "string") return parseSearchSpace(value) !== null;
  if (!Array.isArray(value)) return false;
  return takesList(flag) ? value.length > 0 && value.every(Array.isArray) : true;
}

/**
 * Checks the value of a flag, or each of those to try.
 *
 * @throws {FlagError} One that the flag cannot have.
 */
export function checkFlagValues(
  flag: FlagDef,
  value: JsonValue,
  options: CheckFlagValueOptions = {},
): void {
  if (!isTrialValue(flag, value)) return checkFlagValue(flag, value, options);
  if (Array.isArray(value)) {
    for (const item of value as JsonValue[]) checkFlagValue(flag, item, options);
    return;
  }
  const space = parseSearchSpace(value as string)!;
  checkFlagValue(
    { ...flag, choices: undefined },
    space.int ? space.low : Math.floor(space.low) + 0.5,
    options,
  );
}

/**
 * Flag values as they are typed on a command line.
 *
 * @module
 */

import { homedir } from "node:os";
import type { JsonValue } from "../types.ts";
import { plainNumber, plainScalar } from "../meta/guild/plain_scalar.ts";
import { decodeYaml } from "./decode_yaml.ts";
import type { FlagType } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";
import { parseSearchSpace } from "./parse_search_space.ts";
import { parseSequence } from "./parse_sequence.ts";

/** Options of {@linkcode parseFlagValue}. */
export interface ParseFlagValueOptions {
  /** Type of the flag. Default: what the text looks like. */
  readonly type?: FlagType;
  /** Values that the flag may have: a text that is one of them is that one. Default: any. */
  readonly choices?: readonly JsonValue[];
}

/**
 * Parses a flag's value, by Guild's rules with its faults repaired.
 *
 * | text | value |
 * |---|---|
 * | `1` `010` `+5` `0x10` | 1, 10, 5, 16 |
 * | `1.0` `1e3` `.5` `inf` `nan` | numbers |
 * | `yes` `no` `true` `false` `on` `off` | true or false; `y` and `n` are texts |
 * | `null` `~` | null; nothing at all is the empty text |
 * | `[1,2]` `[a, b]` `[1]*3` | lists |
 * | `range[1:5]` `linspace[0:1:5]` `logspace[…]` `geomspace[…]` | lists of numbers |
 * | `[1:10]` `uniform[0:1]` `loguniform[…]` | kept as text: ranges to sample from |
 * | `'1'` `"[1]"` `!!str 1` | text |
 * | `{a: 1}` `a: b` `- a` | YAML |
 * | `1_000` `1:30` `2020-01-01` `a,b` | text |
 *
 * A flag of type `string` keeps its text unless that begins with `[`, `{` or a quote. `~/` at the
 * start is the home directory. An integer that a number cannot hold is the string of its digits.
 *
 * @throws {FlagError} A list, map or function that cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseFlagValue } from "runlit/parse-flag-value";
 *
 * assert.deepEqual(await parseFlagValue("[1e-3, yes, 'no']"), [0.001, true, "no"]);
 * assert.equal(await parseFlagValue("2020-01-01"), "2020-01-01");
 * assert.equal(await parseFlagValue("1", { type: "string" }), "1");
 * ```
 */
export async function parseFlagValue(
  text: string,
  options: ParseFlagValueOptions = {},
): Promise<JsonValue> {
  const { type, choices } = options;
  const trimmed = text.trim();
  if (trimmed === "") return text;
  if (choices?.includes(trimmed)) return trimmed;
  if (
    (type === "string" || type === "path" || type === "existing-path") && !/^[[{'"]/.test(trimmed)
  ) {
    // A sequence means trials, whatever the type.
    return parseSequence(trimmed) ?? expandHome(text);
  }
  const number = plainNumber(trimmed);
  if (number !== undefined) return number;
  const sequence = parseSequence(trimmed);
  if (sequence !== null) return sequence;
  if (parseSearchSpace(trimmed) !== null) return trimmed;
  const repeated = /^(\[[^]*\])\s*\*\s*(\d+)$/.exec(trimmed);
  if (repeated !== null) return await repeat(repeated[1], Number(repeated[2]), text);
  if (!looksLikeYaml(trimmed)) {
    const value = plainScalar(trimmed);
    return typeof value === "string" ? expandHome(text) : value;
  }
  return await yamlValue(trimmed, text);
}

async function repeat(list: string, times: number, text: string): Promise<JsonValue> {
  const items = await yamlValue(list, text);
  if (!Array.isArray(items)) return text;
  if (items.length * times > 1_000_000) {
    throw new FlagError(`Cannot use '${text}': it has ${items.length * times} items`);
  }
  return Array.from({ length: times }, () => items).flat();
}

/** Whether more than one plain scalar may be meant: only then a YAML parser is loaded. */
function looksLikeYaml(text: string): boolean {
  return /^(?:[[{'"!&*|>]|[-?](?:\s|$))/.test(text) || /:(?:\s|$)/.test(text);
}

async function yamlValue(yaml: string, text: string): Promise<JsonValue> {
  const simple = /^\[([^[\]{}'"#&*!|>%@`:]*)\]$/.exec(yaml);
  if (simple !== null) {
    const items = simple[1].split(",").map((item) => item.trim());
    if (items[items.length - 1] === "") items.pop();
    if (!items.includes("")) return items.map(plainScalar);
  }
  try {
    return await decodeYaml(yaml);
  } catch (cause) {
    // Prose may have colons, apostrophes and dashes; whoever begins a list means one.
    if (!/^[[{]/.test(yaml)) return text;
    const what = yaml.startsWith("[") ? "list" : "map";
    const why = (cause as Error).message;
    throw new FlagError(
      `Cannot use '${text}' as a ${what}: ${why} (text that begins so needs quotes: ` +
        `"'${text}'")`,
      { cause },
    );
  }
}

function expandHome(text: string): string {
  return text.startsWith("~/") ? homedir() + text.slice(1) : text;
}

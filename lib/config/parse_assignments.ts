/**
 * Config on a command line: `key=value` words.
 *
 * @module
 */

import type { Config, JsonValue } from "../types.ts";
import { ConfigError } from "./config_error.ts";
import { parseConfigValue } from "./parse_config_value.ts";

/**
 * Parses words such as `lr=0.1` to config. Of several words for a key the last counts.
 *
 * A key consists of letters and digits of any script, `_`, `.` and, but for its start, `-`; in
 * quotes it may have any other character. White space around `=` does not count. Throws a
 * `ConfigError` for a word that is no assignment.
 *
 * @example Assignments
 * ```ts
 * import { parseAssignments } from "runlit/parse-assignments";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(
 *   parseAssignments(["lr=1e-3", "name=Ann Lee", "'my key'=true"]),
 *   { lr: 0.001, name: "Ann Lee", "my key": true },
 * );
 * ```
 */
export function parseAssignments(words: readonly string[]): Config {
  return Object.fromEntries(words.map((word) => parseAssignment(word)));
}

function parseAssignment(word: string): [key: string, value: JsonValue] {
  const match =
    /^\s*(?:"(?<double>[^"]+)"|'(?<single>[^']+)'|(?<plain>[\p{L}\p{M}\p{N}_.][\p{L}\p{M}\p{N}_.-]*))\s*=(?<value>[^]*)$/u
      .exec(word);
  if (!match?.groups) throw notAssignment(word);
  const { double, single, plain, value } = match.groups;
  return [double ?? single ?? plain, parseConfigValue(value)];
}

function notAssignment(word: string): ConfigError {
  const [key, ...value] = word.split("=");
  const why = value.length === 0
    ? `a config value is set by '${word}=VALUE'`
    : key.trim() === ""
    ? "there is no key before '='"
    : `a key with other characters than letters, digits, '_', '.' and '-' needs quotes, as in ` +
      `"'${key.trim()}'=${value.join("=")}"`;
  return new ConfigError(`Cannot use '${word}' as config: ${why}`, { key: key.trim() });
}

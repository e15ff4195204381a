/**
 * Config values as they are typed on a command line.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { integer } from "./_found.ts";

const INTEGER = /^[-+]?\d+(?:_\d+)*$/;
const FLOAT = /^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?$/i;

/**
 * Parses a value: `true`, `false` or `null`, a text in quotes, a number, or else the text itself.
 *
 * White space around it does not count. Within quotes nothing is escaped. Numbers are what Python
 * takes for decimal ones: `01` is 1, `1_000` is 1000, `1e5` is 100000, `nan` and `inf` are numbers;
 * `0x10`, `True` and `[1,2]` are texts. An integer that a number cannot hold exactly is the string
 * of its digits, which `patchConfig()` writes as an integer where a number was.
 *
 * @example Values
 * ```ts
 * import { parseConfigValue } from "runlit/parse-config-value";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseConfigValue("1_000"), 1000);
 * assert.equal(parseConfigValue("'1_000'"), "1_000");
 * assert.equal(parseConfigValue("null"), null);
 * assert.equal(parseConfigValue(""), "");
 * ```
 */
export function parseConfigValue(text: string): JsonValue {
  const value = text.trim();
  switch (value) {
    case "true":
      return true;
    case "false":
      return false;
    case "null":
      return null;
  }
  const quoted = /^(["'])([^]*)\1$/.exec(value);
  if (quoted && !quoted[2].includes(quoted[1])) return quoted[2];
  const digits = value.replaceAll("_", "");
  if (INTEGER.test(value)) return integer(BigInt(digits.replace(/^\+/, "")));
  if (FLOAT.test(value)) return Number(digits);
  if (/^[-+]?nan$/i.test(value)) return NaN;
  if (/^[-+]?inf(?:inity)?$/i.test(value)) return value.startsWith("-") ? -Infinity : Infinity;
  return value;
}

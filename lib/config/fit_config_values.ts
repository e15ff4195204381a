/**
 * What was typed for a config value, and what the file has in its place.
 *
 * @module
 */

import type { Config, JsonValue } from "../types.ts";
import type { ConfigKey } from "./select_config_keys.ts";

/** How languages spell values that the command line would take for text. */
const SPELLINGS: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ["True", true],
  ["TRUE", true],
  ["False", false],
  ["FALSE", false],
  ["None", null],
  ["undefined", null],
]);

/** What is a boolean only where one is expected. */
const SWITCHES: ReadonlyMap<string, boolean> = new Map([
  ["yes", true],
  ["on", true],
  ["no", false],
  ["off", false],
]);

/**
 * Reads texts as what they spell where the file has something other than text: `flag=False` is a
 * boolean for `flag = True`, where the text "False" would count as true. `yes`, `no`, `on` and `off`
 * are booleans where the file has one. All other values stay as they are.
 *
 * @example A switch, and a name
 * ```ts
 * import { fitConfigValues } from "runlit/fit-config-values";
 * import assert from "node:assert/strict";
 *
 * const key = { path: "train.py", line: 1 };
 * const keys = [
 *   { ...key, name: "shuffle", key: "shuffle", value: true, type: "bool" as const },
 *   { ...key, name: "name", key: "name", value: "a", type: "string" as const },
 * ];
 * assert.deepEqual(fitConfigValues(keys, { shuffle: "False", name: "None" }), {
 *   shuffle: false,
 *   name: "None",
 * });
 * ```
 */
export function fitConfigValues(keys: readonly ConfigKey[], values: Config): Config {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const types = new Set(keys.filter((key) => key.name === name).map(({ type }) => type));
      return [
        name,
        types.has("string") || types.size === 0 ? value : fit(value, types.has("bool")),
      ];
    }),
  );
}

function fit(value: JsonValue, isSwitch: boolean): JsonValue {
  if (typeof value !== "string") return value;
  const spelled = SPELLINGS.get(value);
  if (spelled !== undefined) return spelled;
  return (isSwitch ? SWITCHES.get(value.toLowerCase()) : undefined) ?? value;
}

/**
 * The values that config has unless it is set.
 *
 * @module
 */

import type { Config, JsonValue } from "../types.ts";
import { sameValue } from "./_same_value.ts";
import type { ConfigKey } from "./select_config_keys.ts";

/**
 * Collects the values of config keys by name.
 *
 * A name that stands for several places with different values has no default, and is left out: to
 * set it would change some of them.
 *
 * @example Defaults
 * ```ts
 * import { configDefaults } from "runlit/config-defaults";
 * import assert from "node:assert/strict";
 *
 * const seed = { name: "seed", key: "seed", type: "int", line: 1 } as const;
 * const lr = { name: "lr", key: "lr", type: "float", line: 2, path: "a.py", value: 0.1 } as const;
 * const keys = [{ ...seed, path: "a.py", value: 1 }, lr, { ...seed, path: "b.py", value: 2 }];
 * assert.deepEqual(configDefaults(keys), { lr: 0.1 });
 * ```
 */
export function configDefaults(keys: readonly ConfigKey[]): Config {
  const values = new Map<string, JsonValue>();
  const different = new Set<string>();
  for (const { name, value } of keys) {
    if (!values.has(name)) values.set(name, value);
    else if (!sameValue(values.get(name) as JsonValue, value)) different.add(name);
  }
  for (const name of different) values.delete(name);
  return Object.fromEntries(values);
}

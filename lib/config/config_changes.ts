/**
 * Which value goes to which key of which file.
 *
 * @module
 */

import { isDeepStrictEqual } from "node:util";
import type { Config, JsonValue } from "../types.ts";
import { listNames, noSuchKey } from "./_messages.ts";
import { ConfigError } from "./config_error.ts";
import type { ConfigKey } from "./select_config_keys.ts";

/**
 * Distributes config values by name: to each file the values for its own keys.
 *
 * Throws a `ConfigError` for a name that nothing has, and for two names that set the same place to
 * different values.
 *
 * @example One value for two files
 * ```ts
 * import { configChanges } from "runlit/config-changes";
 * import assert from "node:assert/strict";
 *
 * const seed = { name: "seed", key: "seed", value: 1, type: "int", line: 1 } as const;
 * const keys = [{ ...seed, path: "train.py" }, { ...seed, path: "test.py", key: "SEED" }];
 * assert.deepEqual([...configChanges(keys, { seed: 7 })], [
 *   ["train.py", { seed: 7 }],
 *   ["test.py", { SEED: 7 }],
 * ]);
 * ```
 */
export function configChanges(
  keys: readonly ConfigKey[],
  values: Config,
): Map<string, Config> {
  const files = new Map<string, Map<string, JsonValue>>();
  for (const [name, value] of Object.entries(values)) {
    const targets = keys.filter((key) => key.name === name);
    if (targets.length === 0) throw unknownName(name, keys);
    for (const { path, key } of targets) {
      const file = files.get(path) ?? new Map<string, JsonValue>();
      files.set(path, file);
      if (file.has(key) && !isDeepStrictEqual(file.get(key), value)) {
        throw new ConfigError(
          `Cannot set '${name}': '${key}' in '${path}' is set to another value by another name`,
          { file: path, key },
        );
      }
      file.set(key, value);
    }
  }
  return new Map(Array.from(files, ([path, file]) => [path, Object.fromEntries(file)]));
}

function unknownName(name: string, keys: readonly ConfigKey[]): ConfigError {
  const names = [...new Set(keys.map((key) => key.name))];
  const files = [...new Set(keys.map((key) => key.path))];
  if (names.length === 0) {
    return new ConfigError(
      `Cannot set '${name}': the operation has no config; its 'config' attribute has to select ` +
        "files and keys",
      { key: name },
    );
  }
  return new ConfigError(
    `Cannot set '${name}' in ${listNames(files)}: ${noSuchKey(name, names)}`,
    { file: files.length === 1 ? files[0] : undefined, key: name },
  );
}

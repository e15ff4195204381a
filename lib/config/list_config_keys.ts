/**
 * What config an operation has in a directory.
 *
 * @module
 */

import { resolve } from "node:path";
import { findConfigFiles } from "./find_config_files.ts";
import { parseConfigPaths } from "./parse_config_paths.ts";
import { readConfigFile } from "./read_config_file.ts";
import { type ConfigFile, type ConfigKey, selectConfigKeys } from "./select_config_keys.ts";

/** Options of {@linkcode listConfigKeys}. */
export interface ListConfigKeysOptions {
  /** Directories that are never entered, such as that of the runs. Default: none. */
  readonly exclude?: readonly string[];
  /** What the config belongs to, for error messages. Default: `config`. */
  readonly where?: string;
}

/**
 * Lists the config keys that an operation's `config` attribute selects in a directory, with the
 * values that the files have.
 *
 * Throws a `ConfigError` for an attribute or a file that cannot be read.
 *
 * @example The config of a script
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { listConfigKeys } from "runlit/list-config-keys";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/train.py`, "lr = 0.1\n");
 * const [{ name, value, type }] = await listConfigKeys(dir, "train.py");
 * assert.deepEqual({ name, value, type }, { name: "lr", value: 0.1, type: "float" });
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function listConfigKeys(
  dir: string,
  config: unknown,
  options: ListConfigKeysOptions = {},
): Promise<ConfigKey[]> {
  const groups = parseConfigPaths(config, options);
  const files: ConfigFile[] = [];
  for (const path of await findConfigFiles(dir, groups, options)) {
    files.push({
      path,
      entries: await readConfigFile(resolve(dir, path), { containers: true, file: path }),
    });
  }
  return selectConfigKeys(groups, files);
}

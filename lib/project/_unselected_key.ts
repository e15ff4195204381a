/**
 * Finds config that an operation has, but does not select.
 *
 * @module
 */

import { resolve } from "node:path";
import { ConfigError } from "../config/config_error.ts";
import { findConfigFiles } from "../config/find_config_files.ts";
import { parseConfigPaths } from "../config/parse_config_paths.ts";
import { readConfigFile } from "../config/read_config_file.ts";

/** Options of {@link unselectedKey}. */
export interface UnselectedKeyOptions {
  readonly exclude?: readonly string[];
  /** What the config belongs to. */
  readonly where: string;
}

/**
 * Looks for a key in the files that are config of an operation. A file without keys behind its name
 * offers those at its top only: the error says how to select one that is deeper. Null if there is
 * no such key at all.
 */
export async function unselectedKey(
  dir: string,
  spec: unknown,
  key: string,
  options: UnselectedKeyOptions,
): Promise<ConfigError | null> {
  const groups = parseConfigPaths(spec, options);
  for (const path of await findConfigFiles(dir, groups, options)) {
    const entries = await readConfigFile(resolve(dir, path), { file: path });
    if (!entries.some((entry) => entry.key === key)) continue;
    return new ConfigError(
      `Cannot set '${key}': '${path}' has it, but ${options.where} does not select it; ` +
        `add "${path}#${key}", or "${path}#**.*" for all its keys`,
      { file: path, key },
    );
  }
  return null;
}

/**
 * The config values that a file offers.
 *
 * @module
 */

import { unknownFormat } from "./_messages.ts";
import { decodeSource, readBytes } from "./_source_text.ts";
import type { ConfigEntry } from "./config_entry.ts";
import { ConfigError } from "./config_error.ts";
import { configFormat } from "./config_format.ts";
import { readConfig, type ReadConfigOptions } from "./read_config.ts";

/**
 * Reads the values of a file, whose format is told by its extension, as `readConfig()` does.
 *
 * Throws a `FileError` if there is no such file, and a `ConfigError` if its format is unknown or it
 * cannot be parsed. A file that is not UTF-8 is read as Latin-1.
 *
 * @example Read a file
 * ```ts
 * import { readConfigFile } from "runlit/read-config-file";
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/conf.toml`, "[train]\nlr = 0.1\n");
 * const [entry] = await readConfigFile(`${dir}/conf.toml`);
 * assert.deepEqual([entry.key, entry.value], ["train.lr", 0.1]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function readConfigFile(
  path: string,
  options: ReadConfigOptions = {},
): Promise<ConfigEntry[]> {
  const file = options.file ?? path;
  const format = configFormat(path);
  if (!format) {
    throw new ConfigError(`Cannot read config from '${file}': ${unknownFormat()}`, { file });
  }
  const source = decodeSource(readBytes(path));
  if (source) return await readConfig(source.text, format, { ...options, file });
  throw new ConfigError(`Cannot read config from '${file}': it is not UTF-8 text`, { file });
}

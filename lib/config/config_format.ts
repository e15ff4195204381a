/**
 * Which format a config file has.
 *
 * @module
 */

import { extname } from "node:path";

/** A format that config is read from and patched in. */
export type ConfigFormat =
  | "python"
  | "notebook"
  | "javascript"
  | "typescript"
  | "tsx"
  | "json"
  | "yaml"
  | "toml";

/** Formats by file name extension. */
export const CONFIG_FORMATS: Readonly<Record<string, ConfigFormat>> = {
  ".py": "python",
  ".ipynb": "notebook",
  ".js": "javascript",
  ".mjs": "javascript",
  ".cjs": "javascript",
  ".jsx": "javascript",
  ".ts": "typescript",
  ".mts": "typescript",
  ".cts": "typescript",
  ".tsx": "tsx",
  ".json": "json",
  ".jsonc": "json",
  ".yaml": "yaml",
  ".yml": "yaml",
  ".toml": "toml",
};

/**
 * Tells the config format of a file by the extension of its name, whatever its case.
 *
 * Returns undefined for files that hold no config.
 *
 * @example Formats
 * ```ts
 * import { configFormat } from "runlit/config-format";
 * import assert from "node:assert/strict";
 *
 * assert.equal(configFormat("src/train.py"), "python");
 * assert.equal(configFormat("README.md"), undefined);
 * ```
 */
export function configFormat(path: string): ConfigFormat | undefined {
  const extension = extname(path).toLowerCase();
  return Object.hasOwn(CONFIG_FORMATS, extension) ? CONFIG_FORMATS[extension] : undefined;
}

/**
 * New values in a file, as bytes and as a diff.
 *
 * @module
 */

import type { Config } from "../types.ts";
import { decodeSource, encodeSource, readBytes } from "./_source_text.ts";
import { ConfigError } from "./config_error.ts";
import { patchConfig } from "./patch_config.ts";
import { unifiedDiff } from "./unified_diff.ts";

/** Options of {@linkcode patchConfigFile}. */
export interface PatchConfigFileOptions {
  /** Name of the file in the diff and in errors. Default: its path. */
  readonly file?: string;
}

/** What {@linkcode patchConfigFile} makes of a file. */
export interface PatchedConfigFile {
  /** Contents of the file with the new values. */
  readonly bytes: Uint8Array;
  /** Keys whose value differs from what it was. */
  readonly changed: readonly string[];
  /** Unified diff; empty if nothing changed. */
  readonly diff: string;
}

/**
 * Sets config values in the contents of a file, as `patchConfig()` does, and writes nothing.
 *
 * A file that is not UTF-8 is read as Latin-1 and gets its other bytes back as they were. Throws a
 * `FileError` if the file cannot be read, and a `ConfigError` if a value cannot be set.
 *
 * @example Patch a file
 * ```ts
 * import { patchConfigFile } from "runlit/patch-config-file";
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeFileSync(`${dir}/conf.yaml`, "lr: 0.1 # rate\n");
 * const { bytes, diff } = await patchConfigFile(`${dir}/conf.yaml`, { lr: 0.5 }, { file: "conf.yaml" });
 * assert.equal(new TextDecoder().decode(bytes), "lr: 0.5 # rate\n");
 * assert.match(diff, /^--- conf\.yaml\n/);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function patchConfigFile(
  path: string,
  changes: Config,
  options: PatchConfigFileOptions = {},
): Promise<PatchedConfigFile> {
  const file = options.file ?? path;
  const before = readBytes(path);
  const decoded = decodeSource(before);
  const [key] = Object.keys(changes);
  const refuse = (why: string) =>
    new ConfigError(`Cannot set '${key}' in '${file}': ${why}`, { file, key });
  if (!decoded) throw refuse("the file is neither UTF-8 nor text of one byte a character");
  const { source, changed } = await patchConfig(decoded.text, file, changes);
  const bytes = encodeSource({ ...decoded, text: source });
  if (!bytes) throw refuse("the file is not UTF-8, so it cannot hold such characters");
  const diff = await unifiedDiff(file, decoded.text, source);
  return { bytes: changed.length > 0 ? bytes : before, changed, diff };
}

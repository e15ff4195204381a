/**
 * Reads a run's config.
 *
 * @module
 */

import type { Config } from "../types.ts";
import { type MetaLocation, metaSource } from "./meta_source.ts";
import { readJsonObject } from "./_read_json.ts";

/**
 * Reads a run's config values by dotted key; a run that was given none has none.
 *
 * @throws {SyntaxError} `config.json` is not a JSON object.
 *
 * @example Config values
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readRunConfig } from "runlit/read-run-config";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * writeFileSync(`${meta}/config.json`, '{"train.lr": 0.1}');
 * assert.deepEqual(await readRunConfig(meta), { "train.lr": 0.1 });
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function readRunConfig(run: MetaLocation): Promise<Config> {
  return readJsonObject(metaSource(run), "config.json") ?? {};
}

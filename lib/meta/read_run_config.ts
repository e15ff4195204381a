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
 */
export async function readRunConfig(run: MetaLocation): Promise<Config> {
  return readJsonObject(metaSource(run), "config.json") ?? {};
}

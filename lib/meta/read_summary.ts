/**
 * Reads a run's summary.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { type MetaLocation, metaSource } from "./meta_source.ts";
import { readJson } from "./_read_json.ts";

/**
 * Reads a run's summary (`metrics`, `attributes` and more), which is there once the run is
 * finalized: null before.
 *
 * Gage stores what a run's own summary file holds without looking at it, so it may be any JSON
 * value.
 *
 * @throws {SyntaxError} `summary.json` is not JSON.
 *
 * @example A metric that Python wrote
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readSummary } from "runlit/read-summary";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * writeFileSync(`${meta}/summary.json`, '{"metrics": {"loss": NaN}}');
 * assert.deepEqual(await readSummary(meta), { metrics: { loss: NaN } });
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function readSummary(run: MetaLocation): Promise<JsonValue> {
  return readJson(metaSource(run), "summary.json") ?? null;
}

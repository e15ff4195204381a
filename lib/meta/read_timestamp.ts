/**
 * Reads when something happened to a run.
 *
 * @module
 */

import { type MetaLocation, metaSource } from "./meta_source.ts";
import { parseTimestamp } from "./timestamps.ts";

/** What a run has a time of. */
export type TimestampName = "initialized" | "staged" | "started" | "stopped";

/**
 * Reads a timestamp of a run in microseconds since the epoch: null if that has not happened.
 *
 * @example When a run was started
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readTimestamp } from "runlit/read-timestamp";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * writeFileSync(`${meta}/started`, "1700000000000001");
 * assert.equal(await readTimestamp(meta, "started"), 1700000000000001);
 * assert.equal(await readTimestamp(meta, "stopped"), null);
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function readTimestamp(
  run: MetaLocation,
  name: TimestampName,
): Promise<number | null> {
  return parseTimestamp(metaSource(run).read(name)?.toString() ?? "");
}

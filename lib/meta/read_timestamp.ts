/**
 * Reads when something happened to a run.
 *
 * @module
 */

import { type MetaLocation, metaSource } from "./meta_source.ts";
import { parseTimestamp } from "./timestamps.ts";

/** What a run has a time of. */
export type TimestampName = "initialized" | "staged" | "started" | "stopped";

/** Reads a timestamp of a run in microseconds since the epoch: null if that has not happened. */
export async function readTimestamp(
  run: MetaLocation,
  name: TimestampName,
): Promise<number | null> {
  return parseTimestamp(metaSource(run).read(name)?.toString() ?? "");
}

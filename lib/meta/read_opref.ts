/**
 * Reads which operation a run is of.
 *
 * @module
 */

import type { OpRef } from "../types.ts";
import { type MetaLocation, metaSource } from "./meta_source.ts";
import { decodeOpRef } from "./opref.ts";

/**
 * Reads the reference to a run's operation: null if it has none yet.
 *
 * @throws {RangeError} What is there is not an operation reference.
 */
export async function readOpref(run: MetaLocation): Promise<OpRef | null> {
  const text = metaSource(run).read("opref")?.toString();
  return text === undefined ? null : decodeOpRef(text);
}

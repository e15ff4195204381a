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
 *
 * @example The operation of a run
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readOpref } from "runlit/read-opref";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * writeFileSync(`${meta}/opref`, "2 demo hello");
 * assert.deepEqual(await readOpref(meta), { namespace: "demo", name: "hello" });
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function readOpref(run: MetaLocation): Promise<OpRef | null> {
  const text = metaSource(run).read("opref")?.toString();
  return text === undefined ? null : decodeOpRef(text);
}

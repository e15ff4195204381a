/**
 * Reads a file of a run's meta.
 *
 * @module
 */

import { type MetaLocation, metaSource } from "./meta_source.ts";

export type { MetaLocation } from "./meta_source.ts";

/**
 * Reads a file of a run's meta, from its directory or its zip: null if there is none of that name.
 *
 * @param run The run, or the path of its meta.
 * @param name Path below meta with `/`, such as `proc/exit`.
 *
 * @throws {NotFoundError} The run has no meta.
 *
 * @example Read a file of meta
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readMeta } from "runlit/read-meta";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * writeFileSync(`${meta}/id`, "60a825b1");
 * assert.equal((await readMeta(meta, "id"))?.toString(), "60a825b1");
 * assert.equal(await readMeta(meta, "name"), null);
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function readMeta(run: MetaLocation, name: string): Promise<Buffer | null> {
  return metaSource(run).read(name);
}

/** Reads a file of a run's meta as text: null if there is none of that name. */
export async function readMetaText(run: MetaLocation, name: string): Promise<string | null> {
  return metaSource(run).read(name)?.toString() ?? null;
}

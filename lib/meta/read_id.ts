/**
 * Reads a run's ID.
 *
 * @module
 */

import { basename } from "node:path";
import { type MetaLocation, metaSource } from "./meta_source.ts";

/**
 * Reads a run's ID: what its meta says, or else the name of its meta without what that ends in.
 *
 * @example The ID that meta has
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readId } from "runlit/read-id";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * writeFileSync(`${meta}/id`, "60a825b1");
 * assert.equal(await readId(meta), "60a825b1");
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function readId(run: MetaLocation): Promise<string> {
  const meta = metaSource(run);
  return meta.read("id")?.toString().trim() || basename(meta.path).replace(/\.meta(\.zip)?$/, "");
}

/**
 * Reads a run's manifest.
 *
 * @module
 */

import { type MetaLocation, metaSource } from "./meta_source.ts";

/**
 * Reads a run's manifest as it is written, a line per file; `parseManifest()` makes entries of it.
 * Empty for a run that is not staged.
 *
 * @example Files of a run
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { parseManifest } from "runlit/manifest";
 * import { readManifest } from "runlit/read-manifest";
 *
 * const meta = mkdtempSync("/tmp/example-");
 * writeFileSync(`${meta}/manifest`, `s ${"0".repeat(64)} train.py\n`);
 * assert.deepEqual(parseManifest(await readManifest(meta)).map((file) => file.path), ["train.py"]);
 * rmSync(meta, { recursive: true });
 * ```
 */
export async function readManifest(run: MetaLocation): Promise<string> {
  return metaSource(run).read("manifest")?.toString() ?? "";
}

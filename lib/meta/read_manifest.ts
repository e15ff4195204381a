/**
 * Reads a run's manifest.
 *
 * @module
 */

import { type MetaLocation, metaSource } from "./meta_source.ts";

/**
 * Reads a run's manifest as it is written, a line per file; `parseManifest()` makes entries of it. Empty for a run that
 * is not staged.
 */
export async function readManifest(run: MetaLocation): Promise<string> {
  return metaSource(run).read("manifest")?.toString() ?? "";
}

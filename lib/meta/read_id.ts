/**
 * Reads a run's ID.
 *
 * @module
 */

import { basename } from "node:path";
import { type MetaLocation, metaSource } from "./meta_source.ts";

/** Reads a run's ID: what its meta says, or else the name of its meta without what that ends in. */
export async function readId(run: MetaLocation): Promise<string> {
  const meta = metaSource(run);
  return meta.read("id")?.toString().trim() || basename(meta.path).replace(/\.meta(\.zip)?$/, "");
}

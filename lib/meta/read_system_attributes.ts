/**
 * Reads what is known about the system a run was made on.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { type MetaLocation, metaSource } from "./meta_source.ts";
import { readJson } from "./_read_json.ts";
import { decodeTextAttribute } from "./text_attribute.ts";

/**
 * Reads a run's system attributes, such as `platform`, in either layout.
 *
 * @throws {SyntaxError} One of them is not JSON, in layout `json`.
 */
export async function readSystemAttributes(run: MetaLocation): Promise<Record<string, JsonValue>> {
  const meta = metaSource(run);
  const attributes: [string, JsonValue][] = [];
  for (const name of meta.names()) {
    if (!name.startsWith("sys/") || name.endsWith("/")) continue;
    const base = name.slice("sys/".length);
    if (base.endsWith(".json")) {
      attributes.push([base.slice(0, -".json".length), readJson(meta, name)!]);
    } else attributes.push([base, decodeTextAttribute(meta.read(name)!.toString())]);
  }
  return Object.fromEntries(attributes);
}

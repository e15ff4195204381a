/**
 * Flags of scripts that have their settings at the top, as plain values.
 *
 * @module
 */

import type { ConfigEntry } from "../config/config_entry.ts";
import type { ConfigFormat } from "../config/config_format.ts";
import { readConfig } from "../config/read_config.ts";
import type { FlagDef, FlagType } from "./flag_def.ts";

const TYPES: Readonly<Partial<Record<ConfigEntry["type"], FlagType>>> = {
  // Integers stay open: `epochs = 1` does not say that 0.5 would be wrong.
  float: "float",
  bool: "boolean",
};

/** A text as long as this is a text to be printed, no setting. */
const LONGEST = 400;

/**
 * Finds the values that are assigned at module level: those in tables by their dotted names, lists
 * as a whole. Names that begin with `_` are the script's own.
 */
export async function globalFlags(
  source: string,
  format: ConfigFormat,
  file: string,
): Promise<FlagDef[]> {
  const flags: FlagDef[] = [];
  let list: ConfigEntry | null = null;
  for (const entry of await readConfig(source, format, { containers: true, file })) {
    const { key, value, type, line } = entry;
    if (list !== null && entry.start >= list.start && entry.end <= list.end) continue;
    if (type === "list") list = entry;
    if (type === "object" || type === "bytes" || type === "date") continue;
    if (key.split(".").some((part) => part.startsWith("_"))) continue;
    if (typeof value === "string" && value.length > LONGEST) continue;
    const known = TYPES[type];
    flags.push({
      name: key,
      default: value,
      ...(known === undefined ? {} : { type: known }),
      line,
    });
  }
  return flags;
}

/**
 * Flags in the source of a script.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { patchConfigFile, type PatchedConfigFile } from "../config/patch_config_file.ts";
import { configFormat } from "../config/config_format.ts";
import { unifiedDiff } from "../config/unified_diff.ts";
import type { Config, OpDef } from "../types.ts";
import { patchShell } from "./shell_assignments.ts";

/** Name of the script that an operation runs; null for other operations. */
export function scriptOf(opdef: OpDef): string | null {
  const { script, flags } = opdef.data;
  return typeof script === "string" && typeof flags === "object" && flags !== null ? script : null;
}

/**
 * Puts values of flags into the copy of a script, where the script has them in its source. Other
 * values, and values of other operations, are returned as they are: they are config.
 *
 * @throws {ConfigError} The script has no place for a value.
 */
export async function patchFlags(
  opdef: OpDef,
  runDir: string,
  values: Config,
): Promise<{ readonly config: Config; readonly patched: PatchedConfigFile | null }> {
  const script = scriptOf(opdef);
  if (script === null) return { config: values, patched: null };
  const flags = opdef.data.flags as Record<string, unknown>;
  const isFlag = ([name]: [string, unknown]) => Object.hasOwn(flags, name);
  const config = Object.fromEntries(Object.entries(values).filter((entry) => !isFlag(entry)));
  if (opdef.data["flags-dest"] !== "globals") return { config, patched: null };
  const own = Object.fromEntries(Object.entries(values).filter(isFlag));
  const file = join(runDir, script);
  if (configFormat(script) !== undefined) {
    return { config, patched: await patchConfigFile(file, own, { file: script }) };
  }
  const source = readFileSync(file, "utf8");
  const text = patchShell(source, own);
  const changed = Object.keys(own).filter(() => text !== source);
  const diff = await unifiedDiff(script, source, text);
  return { config, patched: { bytes: Buffer.from(text), changed, diff } };
}

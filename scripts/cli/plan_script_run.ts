/**
 * From the words of a command line to a run of a script.
 *
 * @module
 */

import { parseFlags, type ParseFlagsOptions } from "../../lib/guild/parse_flags.ts";
import type { ScriptOperation } from "../../lib/guild/script_operation.ts";
import type { Config } from "../../lib/types.ts";
import type { FoundScript } from "./find_script.ts";

/** Parses `name=value` words to values of a script's flags. */
export async function scriptValues(script: FoundScript, words: readonly string[]): Promise<Config> {
  const { operation, projectDir } = script;
  return await parseFlags(words, operation.flags, flagContext(operation, projectDir));
}

/** What messages about a script's flags say. */
export function flagContext(operation: ScriptOperation, dir: string): ParseFlagsOptions {
  const where = `'${operation.opdef.name}'`;
  const { unknown } = operation.detected;
  if (unknown.length === 0) return { where, dir };
  const [{ what, reason, line }] = unknown;
  const more = unknown.length > 1 ? ` and ${unknown.length - 1} more` : "";
  return {
    where,
    dir,
    unknown: `${what} in line ${line}${more} cannot be known (${reason}): declare it in the ` +
      `project file, as [${JSON.stringify(operation.opdef.name)}.flags.NAME]`,
  };
}

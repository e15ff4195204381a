/**
 * What a run is called by its flags.
 *
 * @module
 */

import { compareCodePoints } from "../meta/python_json.ts";
import type { Config, JsonValue } from "../types.ts";
import type { FlagDef } from "./flag_def.ts";
import { formatFlagValue } from "./format_flag_value.ts";
import { shellQuote } from "../meta/guild/shell_quote.ts";

/** Options of {@linkcode flagLabel}. */
export interface FlagLabelOptions {
  /** What is known about the flags: those of type `float` are shown as such. Default: nothing. */
  readonly flags?: readonly FlagDef[];
  /** Whether there is such a file: paths of files that are long are cut. Default: there is none. */
  readonly isFile?: (path: string) => boolean;
  /** What stands between two flags. Default: a space. */
  readonly separator?: string;
}

/**
 * Names a run by its flags: `loud=no msg=ho`. Sorted by name, without those that are null; floats
 * are cut to 5 decimals, paths of files that are longer than 20 characters to their end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { flagLabel } from "runlit/flag-label";
 *
 * assert.equal(flagLabel({ msg: "b c", lr: 1.23456789, out: null }), "lr=1.23456 msg='b c'");
 * ```
 */
export function flagLabel(values: Config, options: FlagLabelOptions = {}): string {
  const { flags = [], isFile = () => false, separator = " " } = options;
  const types = new Map(flags.map((flag) => [flag.name, flag.type]));
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([name, value]) => `${name}=${labelValue(value, types.get(name) === "float", isFile)}`)
    .join(separator);
}

const LONGEST_PATH = 20;

function labelValue(
  value: JsonValue,
  float: boolean,
  isFile: (path: string) => boolean,
): string {
  const text = formatFlagValue(value, { float });
  if (typeof value === "number") return text.replace(/(\.\d{5})\d+/, "$1");
  if (typeof value === "string") {
    const path = value.length > LONGEST_PATH && isFile(value)
      ? `…${value.slice(1 - LONGEST_PATH).replace(/^[^/]*(?=\/)/, "")}`
      : null;
    if (path !== null) return shellQuote(path).replace(/^'(…[\w@%+=:,./-]+)'$/, "$1");
    return text.startsWith("'") || /^[\p{L}\p{M}\p{N}\w@%+=:,./[\]-]+$/u.test(text)
      ? text
      : shellQuote(text);
  }
  return /\s/.test(text) ? shellQuote(text) : text;
}

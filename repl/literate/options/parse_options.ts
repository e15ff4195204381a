/**
 * The text of options: `+name`, `-name`, `+name=value`.
 *
 * @module
 */

import {
  OPTION_TABLE,
  type OptionLevel,
  type OptionSpec,
  type OptionValue,
} from "./option_table.ts";
import { parseDuration } from "./parse_duration.ts";
import { suggest } from "../../../lib/suggest.ts";

/** Options found in a text. */
export interface ParsedOptions {
  readonly values: Record<string, OptionValue>;
  /** What is wrong with them, in words; such an option is not among the values. */
  readonly problems: readonly string[];
  /** What follows the options. */
  readonly rest: string;
}

/** Options of {@linkcode parseOptions}. */
export interface ParseOptionsOptions {
  /** Where the text is. Default: `example`. */
  readonly level?: OptionLevel;
  /** Names of options that modules define. */
  readonly custom?: Iterable<string>;
}

const OPTION =
  /\s*([+-])([A-Za-z][A-Za-z0-9_-]*)(?:\s*=\s*('[^']*'|"[^"]*"|[^\s,'"][^\s,]*))?(?:,|(?=\s|$))/y;
const SPECS = new Map(OPTION_TABLE.map((spec) => [spec.name, spec]));
const YES = /^(?:true|yes|on)$/i;
const NO = /^(?:false|no|off)$/i;

/**
 * Parses the options that a text begins with, up to the first word that is none.
 *
 * Values in quotes are text; true, yes, on, false, no, off are switches; then numbers; else text.
 * The later of two options with one name wins.
 *
 * @example Options, and then prose
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseOptions } from "runlit/literate";
 *
 * const { values, rest } = parseOptions("+parse -space prints in lower-case");
 * assert.deepEqual(values, { parse: true, space: false });
 * assert.equal(rest, "prints in lower-case");
 * ```
 */
export function parseOptions(text: string, options: ParseOptionsOptions = {}): ParsedOptions {
  const custom = new Set(options.custom);
  const level = options.level ?? "example";
  const values: Record<string, OptionValue> = {};
  const problems: string[] = [];
  let at = 0;
  while (true) {
    OPTION.lastIndex = at;
    const match = OPTION.exec(text);
    if (match === null) break;
    at += match[0].length;
    const [, sign, name, written] = match;
    const value = sign === "-" ? false : written === undefined ? true : valueOf(written);
    const spec = SPECS.get(name);
    const problem = spec === undefined
      ? custom.has(name) ? null : unknown(name, custom)
      : problemOf(spec, value, level);
    if (problem !== null) problems.push(problem);
    else values[name] = spec?.kind === "time" ? timeOf(value) : value;
  }
  return { values, problems, rest: text.slice(at).trim() };
}

function valueOf(written: string): OptionValue {
  if (/^['"]/.test(written)) return written.slice(1, -1);
  if (YES.test(written)) return true;
  if (NO.test(written)) return false;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(written) ? Number(written) : written;
}

/** A time span in milliseconds; false is none. */
function timeOf(value: OptionValue): OptionValue {
  return value === false ? false : parseDuration(String(value))!;
}

function problemOf(spec: OptionSpec, value: OptionValue, level: OptionLevel): string | null {
  const { name, kind } = spec;
  if (!spec.levels.includes(level)) {
    const where = level === "example" ? "an example" : `a ${level}`;
    return `Option '${name}' cannot be given for ${where}, only for ${spec.levels.join(" or ")}`;
  }
  if (kind === "switch" || kind === "condition") {
    return typeof value === "boolean" ? null : `Option '${name}' takes no value, got '${value}'`;
  }
  if (kind === "time" && value !== false && parseDuration(String(value)) === null) {
    return `Option '${name}' takes a time such as 5, 500ms or 2m, got '${value}'`;
  }
  if (kind === "count" && value !== false && !(Number.isSafeInteger(value) && Number(value) >= 0)) {
    return `Option '${name}' takes a whole number, got '${value}'`;
  }
  return null;
}

function unknown(name: string, custom: Iterable<string>): string {
  const near = suggest(name, [...SPECS.keys(), ...custom]);
  return `Option '${name}' is not known` +
    (near === null ? "; `runlit help options` lists them" : `; did you mean '${near}'?`);
}

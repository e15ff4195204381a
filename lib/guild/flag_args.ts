/**
 * Flags as the arguments of a command.
 *
 * @module
 */

import { isDeepStrictEqual } from "node:util";
import { compareCodePoints } from "../meta/python_json.ts";
import type { Config, JsonValue } from "../types.ts";
import { pythonLiteral } from "./_python_literal.ts";
import { pythonNumber } from "./_python_number.ts";
import type { FlagDef } from "./flag_def.ts";
import { shellQuote } from "../meta/guild/shell_quote.ts";

/** Options of {@linkcode flagArgs}. */
export interface FlagArgsOptions {
  /** Who reads the arguments; of Python a map is written as its own. Default: `python`. */
  readonly reader?: "python" | "node" | "shell";
}

/**
 * Formats values of flags as command line arguments: sorted by name, `--name value`, and then those
 * that have no option, in the order of `flags`.
 *
 * Null is left out. A switch (`argSwitch`) is there if the value is the switch's, and else not; true
 * is `1` otherwise, and false the empty text. A list is one argument per item for an option that
 * takes several (`argSplit`), an option per item for one that is repeated (`argRepeat`), else one
 * argument, quoted as a shell would read it. A value that would be taken for an option is joined to
 * its name: `--msg=-x`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { flagArgs } from "runlit/flag-args";
 *
 * const flags = [
 *   { name: "loud", default: false, argSwitch: true },
 *   { name: "sizes", default: null, argSplit: true },
 * ];
 * assert.deepEqual(flagArgs(flags, { sizes: [1, 2], msg: "hi", loud: true }), [
 *   ...["--loud", "--msg", "hi", "--sizes", "1", "2"],
 * ]);
 * ```
 */
export function flagArgs(
  flags: readonly FlagDef[],
  values: Config,
  options: FlagArgsOptions = {},
): string[] {
  const known = new Map(flags.map((flag) => [flag.name, flag]));
  const names = Object.keys(values).sort(compareCodePoints);
  const args: string[] = [];
  const last: string[] = [];
  for (const name of names) {
    const flag = known.get(name) ?? { name, default: null };
    if (flag.positional) continue;
    (flag.afterCommand ? last : args).push(...optionArgs(flag, values[name], options));
  }
  const positional = flags.filter((flag) => flag.positional && (values[flag.name] ?? null) !== null)
    .flatMap((flag) => tokens(flag, values[flag.name], options));
  if (positional.length === 0) return [...args, ...last];
  // An option that takes any number of values would take these too.
  const open = flags.some((flag) => flag.argSplit && !flag.positional && isList(values[flag.name]));
  const looksLikeOption = positional.some((word) => isOption(word, options));
  const end = (open || looksLikeOption) && last.length === 0 ? ["--"] : [];
  return [...args, ...end, ...positional, ...last];
}

function isList(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.length > 0;
}

function optionArgs(flag: FlagDef, value: JsonValue, options: FlagArgsOptions): string[] {
  if (value === null) return [];
  const option = flag.argName ?? `--${flag.name}`;
  if (value === false && flag.argFalse !== undefined) return [flag.argFalse];
  if (flag.argSwitch !== undefined) return value === flag.argSwitch ? [option] : [];
  if (flag.argRepeat === "count") {
    const times = (Number(value) || 0) - (Number(flag.default) || 0);
    return Array.from({ length: Math.max(0, times) }, () => option);
  }
  if (flag.argRepeat === "each") {
    // The option adds to what is there by itself.
    if (isDeepStrictEqual(value, flag.default)) return [];
    return (Array.isArray(value) ? value : [value])
      .flatMap((item) => withValue(option, [formatArg(item, flag, options)], options));
  }
  const words = tokens(flag, value, options);
  return flag.argJoin ? [`${option}=${words.join(" ")}`] : withValue(option, words, options);
}

function tokens(flag: FlagDef, value: JsonValue, options: FlagArgsOptions): string[] {
  const items = flag.argSplit && Array.isArray(value) ? value : [value];
  return items.map((item) => formatArg(item, flag, options));
}

function withValue(option: string, words: string[], options: FlagArgsOptions): string[] {
  const [word, ...others] = words;
  if (others.length > 0 || word === undefined || !isOption(word, options)) {
    return [option, ...words];
  }
  return option.startsWith("--") ? [`${option}=${word}`] : [`${option}${word}`];
}

/** Python's argparse takes a negative number for a value, Node's `parseArgs` does not. */
function isOption(word: string, { reader = "python" }: FlagArgsOptions): boolean {
  if (!word.startsWith("-") || word === "-") return false;
  return reader !== "python" || !/^-(?:\d+|\d*\.\d+)$/.test(word);
}

/** Formats a value as one argument. */
function formatArg(value: JsonValue, flag: FlagDef, options: FlagArgsOptions): string {
  if (value === null) return "";
  const encoded = flag.argEncoding?.[String(value)];
  if (encoded !== undefined) return encoded;
  if (typeof value === "boolean") return value ? "1" : "";
  if (typeof value === "number") return pythonNumber(value, flag.type === "float");
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    return value.map((item) => shellQuote(formatArg(item, flag, options))).join(" ");
  }
  return (options.reader ?? "python") === "python" ? pythonLiteral(value) : JSON.stringify(value);
}

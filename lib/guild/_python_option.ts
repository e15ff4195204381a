/**
 * What the options of argparse and click have in common.
 *
 * @module
 */

import { type PythonNode, pythonValue } from "../config/python_tree.ts";
import type { JsonValue } from "../types.ts";
import type { UnknownFlag } from "./_found_options.ts";
import {
  lineOf,
  type PythonCall,
  type PythonScript,
  readCall,
  text,
  valueOf,
} from "./_python_calls.ts";
import type { FlagDef, FlagType } from "./flag_def.ts";

type Mutable = { -readonly [key in keyof FlagDef]: FlagDef[key] };

/** A flag while it is being put together. */
export type Draft = Mutable;

/** Reads what a keyword says; says so where that cannot be known. */
export function keywordValue(
  call: PythonCall,
  keyword: string,
  script: PythonScript,
  about: { readonly option: string; readonly unknown: UnknownFlag[] },
): JsonValue | undefined {
  const node = call.keywords.get(keyword);
  if (node === undefined) return undefined;
  const value = valueOf(node, script);
  if (value === undefined) {
    const reason = `it is computed: ${shorten(text(node, script.source))}`;
    about.unknown.push({
      what: `${keyword} of '${about.option}'`,
      reason,
      line: lineOf(node, script.source),
    });
  }
  return value;
}

function shorten(code: string): string {
  const line = code.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

const TYPES: Readonly<Record<string, FlagType>> = {
  str: "string",
  int: "int",
  float: "float",
  bool: "boolean",
  "pathlib.Path": "path",
  "pathlib.PurePath": "path",
  "os.path.abspath": "path",
  "argparse.FileType": "path",
  "click.STRING": "string",
  "click.INT": "int",
  "click.FLOAT": "float",
  "click.BOOL": "boolean",
  "click.IntRange": "int",
  "click.FloatRange": "float",
  "click.Path": "path",
  "click.File": "path",
};

/** Sets what `type=` says. */
export function setType(flag: Draft, node: PythonNode | undefined, script: PythonScript): void {
  if (node === undefined) return;
  const call = node.name === "CallExpression" ? readCall(node, script) : null;
  const name = call?.name ?? resolved(text(node, script.source), script);
  if (name === "click.Choice" || name === "click.types.Choice") {
    const choices = valueOf(call?.args[0], script);
    if (Array.isArray(choices)) flag.choices = choices;
    return;
  }
  const type = TYPES[name];
  if (type !== undefined) {
    flag.type = type;
    if (name === "click.Path" && valueOf(call?.keywords.get("exists"), script) === true) {
      flag.type = "existing-path";
    }
    // Click reads words, not Python's truth of a text.
    if (name === "click.BOOL") flag.argEncoding = WORDS;
    return;
  }
  // `str2bool` and its like take words, and no empty text.
  if (/bool/i.test(name)) Object.assign(flag, { type: "boolean", argEncoding: WORDS });
}

/** Texts for true and false that every reader of words takes. */
export const WORDS: Readonly<Record<string, string>> = { true: "1", false: "0" };

function resolved(path: string, { imports }: PythonScript): string {
  const [first, ...rest] = path.split(".");
  const module = imports.get(first);
  return module === undefined ? path : [module, ...rest].join(".");
}

/** A float stays one, whatever its value: `default=1.0`. */
export function setDefault(flag: Draft, node: PythonNode | undefined, script: PythonScript): void {
  if (node === undefined) return;
  const value = valueOf(node, script);
  if (value === undefined) return;
  flag.default = value;
  if (flag.type === undefined && pythonValue(node, script.source)?.type === "float") {
    flag.type = "float";
  }
}

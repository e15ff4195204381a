/**
 * One option of Python's argparse.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import type { UnknownFlag } from "./_found_options.ts";
import {
  lineOf,
  type PythonCall,
  type PythonScript,
  stringOf,
  text,
  valueOf,
} from "./_python_calls.ts";
import { type Draft, keywordValue, setDefault, setType } from "./_python_option.ts";
import type { FlagDef } from "./flag_def.ts";

/** Reads a call of `add_argument()`; null if it makes no flag, or none that can be known. */
export function argparseOption(
  call: PythonCall,
  script: PythonScript,
  unknown: UnknownFlag[],
): FlagDef | null {
  const line = lineOf(call.node, script.source);
  const names = call.args.map((arg) => stringOf(arg, script));
  const missing = names.indexOf(undefined);
  if (missing >= 0 || (names.length === 0 && call.spread)) {
    const code = call.args[missing] === undefined ? "*" : text(call.args[missing], script.source);
    unknown.push({ what: "an option", reason: `its name is computed: ${code}`, line });
    return null;
  }
  const option = (names as string[]).find((name) => name.startsWith("--")) ?? names[0];
  if (option === undefined) return null;
  if (call.spread) {
    unknown.push({ what: `'${option}'`, reason: "some of its settings are computed", line });
  }
  const positional = !option.startsWith("-");
  const flag: Draft = { name: option.replace(/^-+/, ""), default: null, line };
  if (positional) flag.positional = true;
  else if (!option.startsWith("--")) flag.argName = option;
  const about = { option, unknown };
  setType(flag, call.keywords.get("type"), script);
  const choices = keywordValue(call, "choices", script, about);
  if (Array.isArray(choices)) flag.choices = choices;
  else if (typeof choices === "object" && choices !== null) flag.choices = Object.keys(choices);
  if (text(call.keywords.get("default") ?? call.node, script.source) !== "argparse.SUPPRESS") {
    keywordValue(call, "default", script, about);
    setDefault(flag, call.keywords.get("default"), script);
  }
  if (valueOf(call.keywords.get("required"), script) === true) flag.required = true;
  const help = stringOf(call.keywords.get("help"), script);
  if (help !== undefined && help !== "==SUPPRESS==") {
    flag.description = help.replace(/\s+/g, " ").trim()
      .replaceAll("%(default)s", String(flag.default)).replaceAll("%%", "%");
  }
  setNargs(flag, valueOf(call.keywords.get("nargs"), script), call, script);
  const dest = stringOf(call.keywords.get("dest"), script);
  return applyAction(flag, actionOf(call, script), { call, script, option, dest });
}

function actionOf(call: PythonCall, script: PythonScript): string {
  const node = call.keywords.get("action");
  if (node === undefined) return "store";
  return stringOf(node, script) ?? text(node, script.source).replace(/^.*\./, "");
}

function setNargs(
  flag: Draft,
  nargs: JsonValue | undefined,
  call: PythonCall,
  script: PythonScript,
): void {
  const node = call.keywords.get("nargs");
  const rest = node !== undefined && /REMAINDER$/.test(text(node, script.source));
  if (typeof nargs === "number" || nargs === "+" || nargs === "*" || nargs === "..." || rest) {
    flag.argSplit = true;
  }
  const optional = nargs === "?" || nargs === "*" || nargs === "..." || rest;
  if (flag.positional && !optional && flag.default === null) flag.required = true;
}

interface ActionContext {
  readonly call: PythonCall;
  readonly script: PythonScript;
  readonly option: string;
  readonly dest: string | undefined;
}

function applyAction(flag: Draft, action: string, context: ActionContext): FlagDef | null {
  const { call, script, option, dest } = context;
  switch (action) {
    case "help":
    case "version":
      return null;
    case "store_true":
      return { ...flag, type: "boolean", default: flag.default ?? false, argSwitch: true };
    case "store_false": {
      // Its value is that of what it sets: `--no-cache` sets `cache` to false.
      const name = dest ?? flag.name;
      const argName = name === flag.name ? {} : { argName: option };
      const value = flag.default ?? true;
      return { ...flag, ...argName, name, type: "boolean", default: value, argSwitch: false };
    }
    case "BooleanOptionalAction": {
      const no = `--no-${flag.name}`;
      if (flag.default === true) {
        return { ...flag, type: "boolean", argName: no, argSwitch: false };
      }
      const both = flag.default === null ? { argFalse: no } : {};
      return { ...flag, type: "boolean", argSwitch: true, ...both };
    }
    case "store_const": {
      const value = valueOf(call.keywords.get("const"), script) ?? null;
      return { ...flag, argSwitch: value };
    }
    case "append_const":
      return null;
    case "count":
      return { ...flag, type: "int", argRepeat: "count" };
    case "append":
      return flag.argSplit ? flag : { ...flag, argRepeat: "each" };
    case "extend":
      return { ...flag, argSplit: true };
    default:
      return flag;
  }
}

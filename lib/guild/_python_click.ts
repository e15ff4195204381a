/**
 * Flags of scripts that use Python's click.
 *
 * @module
 */

import { children, type PythonNode } from "../config/python_tree.ts";
import { type FoundOptions, noOptions, type UnknownFlag } from "./_found_options.ts";
import {
  lineOf,
  type PythonCall,
  type PythonScript,
  readCall,
  stringOf,
  text,
  valueOf,
  walk,
} from "./_python_calls.ts";
import { type Draft, keywordValue, setDefault, setType, WORDS } from "./_python_option.ts";
import type { FlagDef } from "./flag_def.ts";

/** Finds the options of a script's commands. */
export function clickOptions(script: PythonScript): FoundOptions {
  const found = noOptions();
  walk(script.top, (node) => {
    if (node.name === "DecoratedStatement") readCommand(node, script, found);
  });
  if (found.subcommands.size === 1 && found.main.length === 0 && !hasGroup(script)) {
    found.main.push(...[...found.subcommands.values()][0]);
    found.subcommands.clear();
  }
  return found;
}

function hasGroup(script: PythonScript): boolean {
  return /@[\w.]*group\b/.test(script.source);
}

function readCommand(node: PythonNode, script: PythonScript, found: FoundOptions): void {
  const options: FlagDef[] = [];
  let role: "command" | "group" | null = null;
  let name: string | undefined;
  const unknown: UnknownFlag[] = [];
  for (const decorator of children(node)) {
    if (decorator.name !== "Decorator") continue;
    const call = readCall(decorator, script);
    const path = call === null ? bareName(decorator, script) : call.name;
    const kind = path.replace(/^.*\./, "");
    if (kind === "command" || kind === "group") {
      role = kind;
      name = stringOf(call?.args[0] ?? call?.keywords.get("name"), script);
    } else if (call !== null && (path === "click.option" || path === "click.argument")) {
      const flag = kind === "option"
        ? clickOption(call, script, unknown)
        : clickArgument(call, script, unknown);
      if (flag !== null) options.push(flag);
    }
  }
  if (role === null && options.length === 0) return;
  const definition = children(node).find((each) => each.name === "FunctionDefinition");
  const id = definition && children(definition).find((each) => each.name === "VariableName");
  const own = id === undefined ? "main" : text(id, script.source);
  found.unknown.push(...unknown);
  if (role === "group") found.main.push(...options);
  else found.subcommands.set(name ?? own.toLowerCase().replaceAll("_", "-"), options);
}

function bareName(decorator: PythonNode, script: PythonScript): string {
  const path = text(decorator, script.source).slice(1).trim();
  return script.imports.get(path) ?? path;
}

function clickOption(
  call: PythonCall,
  script: PythonScript,
  unknown: UnknownFlag[],
): FlagDef | null {
  const line = lineOf(call.node, script.source);
  const names = call.args.map((arg) => stringOf(arg, script));
  const options = names.filter((name) => name?.startsWith("-")) as string[];
  const [option, no] = (options.find((name) => name.startsWith("--")) ?? options[0] ?? "")
    .split("/").map((part) => part.trim());
  if (names.includes(undefined) || option === "") {
    unknown.push({ what: "an option", reason: "its name is computed", line });
    return null;
  }
  const flag: Draft = { name: option.replace(/^-+/, ""), default: null, line };
  if (!option.startsWith("--")) flag.argName = option;
  common(flag, option, call, script, unknown);
  const is = (keyword: string) => valueOf(call.keywords.get(keyword), script) === true;
  // Nobody is there to be asked.
  if (call.keywords.has("prompt") && flag.default === null) flag.required = true;
  if (no !== undefined) {
    return { ...flag, type: "boolean", argSwitch: true, argFalse: no };
  }
  const constant = call.keywords.get("flag_value");
  if (is("is_flag") || constant !== undefined) {
    const value = valueOf(constant, script) ?? true;
    const initial = flag.default === true && value !== true ? value : flag.default;
    return value === true
      ? { ...flag, type: "boolean", default: flag.default ?? false, argSwitch: true }
      : { ...flag, default: initial, argSwitch: value };
  }
  if (is("count")) return { ...flag, type: "int", argRepeat: "count" };
  if (flag.type === "boolean") flag.argEncoding = WORDS;
  const nargs = valueOf(call.keywords.get("nargs"), script);
  if (typeof nargs === "number" && nargs !== 1) return { ...flag, argSplit: true };
  return is("multiple") ? { ...flag, argRepeat: "each" } : flag;
}

function clickArgument(
  call: PythonCall,
  script: PythonScript,
  unknown: UnknownFlag[],
): FlagDef | null {
  const name = stringOf(call.args[0], script);
  if (name === undefined) return null;
  const line = lineOf(call.node, script.source);
  const flag: Draft = { name: name.replaceAll("_", "-"), default: null, positional: true, line };
  common(flag, name, call, script, unknown);
  const nargs = valueOf(call.keywords.get("nargs"), script);
  if (typeof nargs === "number" && nargs !== 1) flag.argSplit = true;
  const required = valueOf(call.keywords.get("required"), script) ??
    (flag.default === null && nargs !== -1);
  return required === true ? { ...flag, required: true } : flag;
}

function common(
  flag: Draft,
  option: string,
  call: PythonCall,
  script: PythonScript,
  unknown: UnknownFlag[],
): void {
  setType(flag, call.keywords.get("type"), script);
  keywordValue(call, "default", script, { option, unknown });
  setDefault(flag, call.keywords.get("default"), script);
  if (valueOf(call.keywords.get("required"), script) === true) flag.required = true;
  const help = stringOf(call.keywords.get("help"), script);
  if (help !== undefined) flag.description = help.replace(/\s+/g, " ").trim();
  if (call.spread) {
    const line = lineOf(call.node, script.source);
    unknown.push({ what: `'${option}'`, reason: "some of its settings are computed", line });
  }
}

/**
 * Flags of scripts that use commander.
 *
 * @module
 */

import { type FoundOptions, noOptions } from "./_found_options.ts";
import {
  type JsCall,
  type JsNode,
  type JsScript,
  jsText,
  jsValue,
  lineOfJs,
  nameOf,
  readJsCall,
  walkJs,
} from "./_javascript_calls.ts";
import { textDefault } from "./_javascript_parse_args.ts";
import type { FlagDef } from "./flag_def.ts";

/** Finds the options that a script gives its program and its subcommands. */
export function commanderOptions(script: JsScript): FoundOptions {
  const found = noOptions();
  // Which subcommand a chain of calls, or a variable, stands for; null for the program.
  const owners = new Map<JsNode | string, string | null>();
  const ownerOf = (node: JsNode | null): string | null => {
    if (node === null) return null;
    return owners.get(node.type === "Identifier" ? nameOf(node) : node) ?? null;
  };
  walkJs(script.body, (node) => {
    if (node.type === "VariableDeclarator" && node.init != null) {
      owners.set(nameOf(node.id as JsNode), ownerOf(node.init as JsNode));
    }
    const call = readJsCall(node);
    if (call === null) return;
    let owner = ownerOf(call.receiver);
    if (call.receiver !== null && call.name === "command") {
      const spec = jsText(call.args[0], script);
      if (spec !== undefined) {
        const [name, ...words] = spec.split(/\s+/);
        owner = name;
        const own = found.subcommands.get(name) ?? [];
        found.subcommands.set(name, own);
        for (const word of words) own.push(argument(word, lineOfJs(node)));
      }
    }
    owners.set(node, owner);
    const options = owner === null ? found.main : found.subcommands.get(owner) ?? [];
    const flag = readFlag(call, script, found);
    if (flag !== null) options.push(flag);
    if (call.name === "description" && owner === null && call.receiver !== null) {
      found.description ??= jsText(call.args[0], script);
    }
  });
  return found;
}

function readFlag(call: JsCall, script: JsScript, found: FoundOptions): FlagDef | null {
  const line = lineOfJs(call.args[0] ?? call.node);
  switch (call.name) {
    case "option":
    case "requiredOption": {
      if (call.receiver === null) return null;
      const spec = jsText(call.args[0], script);
      if (spec === undefined) {
        found.unknown.push({ what: "an option", reason: "its name is computed", line });
        return null;
      }
      const [, , third, fourth] = call.args;
      const hasParser = third !== undefined && jsValue(third, script) === undefined;
      const flag = option(spec, line, call, script, hasParser ? fourth : third, found);
      const parser = hasParser ? script.source.slice(third.start, third.end) : "";
      const type = parser === "parseInt" ? "int" : parser === "parseFloat" ? "float" : undefined;
      const typed = type === undefined || flag === null ? flag : { ...flag, type } as FlagDef;
      return typed !== null && call.name === "requiredOption" && typed.default === null
        ? { ...typed, required: true }
        : typed;
    }
    case "addOption":
      return optionObject(call.args[0], script, found);
    case "argument": {
      const spec = call.receiver === null ? undefined : jsText(call.args[0], script);
      if (spec === undefined) return null;
      const description = jsText(call.args[1], script);
      const value = jsValue(call.args[2], script)?.value ?? null;
      const described = description === undefined ? {} : { description };
      const { required, ...flag } = argument(spec, line);
      return {
        ...flag,
        ...described,
        default: value,
        ...(required && value === null ? { required } : {}),
      };
    }
    default:
      return null;
  }
}

/** `-p, --port <number>`, `--no-color`, `--tags <names...>` */
function option(
  spec: string,
  line: number,
  call: JsCall,
  script: JsScript,
  initial: JsNode | undefined,
  found: FoundOptions,
): FlagDef | null {
  const words = spec.split(/[\s,|]+/);
  const long = words.find((word) => word.startsWith("--")) ?? words[0];
  const value = words.find((word) => /^[<[]/.test(word));
  const description = jsText(call.args[1], script);
  const described = description === undefined ? {} : { description };
  const known = jsValue(initial, script);
  if (initial !== undefined && known === undefined) {
    found.unknown.push({ what: `default of '${long}'`, reason: "it is computed", line });
  }
  if (value === undefined) {
    const no = /^--no-(.+)$/.exec(long);
    const traits = no === null
      ? { name: long.replace(/^-+/, ""), default: known?.value ?? false, argSwitch: true }
      : { name: no[1], default: true, argName: long, argSwitch: false };
    return { ...traits, type: "boolean", ...described, line };
  }
  return {
    name: long.replace(/^-+/, ""),
    default: textDefault(known?.value) ?? null,
    ...(long.startsWith("--") ? {} : { argName: long }),
    ...(known?.type === "float" ? { type: "float" } : {}),
    ...(value.includes("...") ? { argSplit: true } : {}),
    ...described,
    line,
  };
}

/** `<file>`, `[files...]`, `name` */
function argument(spec: string, line: number): FlagDef {
  const [, open, name, many] = /^([<[]?)([^<>[\].]+)(\.{3})?/.exec(spec) ?? [, "", spec];
  return {
    name: name!,
    default: null,
    positional: true,
    ...(many === undefined ? {} : { argSplit: true }),
    ...(open === "[" ? {} : { required: true }),
    line,
  };
}

/** `new Option("--size <size>").choices(["s", "m"]).default("m")` */
function optionObject(
  node: JsNode | undefined,
  script: JsScript,
  found: FoundOptions,
): FlagDef | null {
  const settings: JsCall[] = [];
  let at: JsNode | null = node ?? null;
  if (at?.type === "Identifier") at = script.constants.get(nameOf(at)) ?? null;
  while (at !== null) {
    const call = readJsCall(at);
    if (call === null) return null;
    if (/Option$/.test(call.name)) {
      const spec = jsText(call.args[0], script);
      if (spec === undefined) return null;
      let flag = option(spec, lineOfJs(at), call, script, undefined, found);
      for (const each of settings.reverse()) flag = flag && setting(flag, each, script);
      return flag;
    }
    settings.push(call);
    at = call.receiver;
  }
  return null;
}

function setting(flag: FlagDef, call: JsCall, script: JsScript): FlagDef {
  const value = jsValue(call.args[0], script);
  switch (call.name) {
    case "default":
      return value === undefined ? flag : { ...flag, default: value.value };
    case "choices":
      return Array.isArray(value?.value) ? { ...flag, choices: value.value } : flag;
    case "makeOptionMandatory":
      return { ...flag, required: true };
    case "argParser": {
      const parser = script.source.slice(call.args[0]?.start ?? 0, call.args[0]?.end ?? 0);
      return parser === "parseInt"
        ? { ...flag, type: "int" }
        : parser === "parseFloat"
        ? { ...flag, type: "float" }
        : flag;
    }
    default:
      return flag;
  }
}

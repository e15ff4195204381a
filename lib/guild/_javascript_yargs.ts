/**
 * Flags of scripts that use yargs.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { type FoundOptions, noOptions } from "./_found_options.ts";
import {
  type JsCall,
  type JsNode,
  type JsScript,
  jsText,
  jsValue,
  lineOfJs,
  members,
  readJsCall,
  walkJs,
} from "./_javascript_calls.ts";
import type { FlagDef } from "./flag_def.ts";

type Traits = { -readonly [key in keyof FlagDef]?: FlagDef[key] };

/** A command of yargs, and the part of the script that is about it. */
interface YargsCommand {
  /** Null for the one that is executed where no other is named. */
  readonly name: string | null;
  readonly positionals: readonly string[];
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Finds the options that a script gives yargs, and those that it gives its commands. */
export function yargsOptions(script: JsScript): FoundOptions {
  const found = noOptions();
  const commands = findCommands(script);
  const flags = new Map<string | null, Map<string, Traits>>([[null, new Map()]]);
  for (const { name, positionals, line } of commands) {
    const own = flags.get(name) ?? new Map<string, Traits>();
    flags.set(name, own);
    for (const spec of positionals) own.set(...positional(spec, line));
  }
  walkJs(script.body, (node) => {
    const call = readJsCall(node);
    if (call === null || call.receiver === null) return;
    const line = lineOfJs(call.args[0] ?? node);
    // The argument, since a chain of calls begins where its first call does.
    const at = call.args[0]?.start ?? node.start;
    const inside = commands.findLast(({ start, end }) => start <= at && at < end);
    const own = flags.get(inside?.name ?? null)!;
    const set = (name: string, line: number, traits: Traits) =>
      own.set(name, { line, ...own.get(name), ...traits });
    if (call.name === "option" || call.name === "options" || call.name === "positional") {
      readOptions(call, script, found, set);
    } else if (/^(?:boolean|number|string|array|count|demandOption)$/.test(call.name)) {
      for (const name of namesOf(call.args[0], script)) {
        set(name, line, typeTraits(call.name));
      }
    } else if (/^(?:default|describe|choices)$/.test(call.name)) {
      const name = jsText(call.args[0], script);
      const value = jsValue(call.args[1], script)?.value;
      if (name === undefined || value === undefined) return;
      const key = call.name === "describe" ? "description" : call.name;
      if (name !== undefined) set(name, line, { [key]: value });
    } else if (call.name === "usage") {
      found.description ??= jsText(call.args[0], script);
    }
  });
  for (const [name, own] of flags) {
    const list = Array.from(own, ([flag, traits]) => asFlag(flag, traits));
    if (name === null) found.main.push(...list);
    else found.subcommands.set(name, list);
  }
  const hasDefault = commands.some(({ name }) => name === null);
  const demands = /\.demandCommand\(/.test(script.source);
  found.command = { ...found.command, required: demands || !hasDefault };
  return found;
}

/** `.command("build <entry>", "what it does", (yargs) => …)`, or an object with the same. */
function findCommands(script: JsScript): YargsCommand[] {
  const commands: YargsCommand[] = [];
  walkJs(script.body, (node) => {
    const call = readJsCall(node);
    if (call === null || call.receiver === null || call.name !== "command") return;
    const [first] = call.args;
    const fields = members(first, script);
    const spec = jsValue(fields?.get("command") ?? first, script)?.value;
    const text = Array.isArray(spec) ? spec[0] : spec;
    if (typeof text !== "string" || first === undefined) return;
    const [name, ...positionals] = text.trim().split(/\s+/);
    commands.push({
      name: name === "$0" || name === "*" ? null : name,
      positionals,
      line: lineOfJs(first),
      start: first.start!,
      end: node.end!,
    });
  });
  // Of a chain the last call is seen first.
  return commands.sort((a, b) => a.start - b.start);
}

/** `<entry>`, `[port]`, `<files..>` */
function positional(spec: string, line: number): [name: string, traits: Traits] {
  const name = spec.slice(1, -1).replace(/\.\.$/, "").split("|")[0];
  const many = spec.endsWith("..>") || spec.endsWith("..]") ? { argSplit: true as const } : {};
  const required = spec.startsWith("<") ? { required: true } : {};
  return [name, { line, positional: true, ...many, ...required }];
}

function asFlag(name: string, traits: Traits): FlagDef {
  const isSwitch = traits.argSwitch !== undefined;
  const value: JsonValue = traits.default ?? (isSwitch && !traits.required ? false : null);
  const off = isSwitch && value === true ? { argName: `--no-${name}`, argSwitch: false } : {};
  return { ...traits, name, default: value, ...off };
}

function namesOf(node: JsNode | undefined, script: JsScript): string[] {
  const value = jsValue(node, script)?.value;
  return typeof value === "string" ? [value] : Array.isArray(value) ? value as string[] : [];
}

function readOptions(
  call: JsCall,
  script: JsScript,
  found: FoundOptions,
  set: (name: string, line: number, traits: Traits) => void,
): void {
  const [first, second] = call.args;
  const name = jsText(first, script);
  const positional = call.name === "positional" ? { positional: true } : {};
  if (name !== undefined) {
    set(name, lineOfJs(first), { ...settings(name, second, script, found), ...positional });
    return;
  }
  const all = members(first, script);
  if (all === null) {
    const line = lineOfJs(first ?? call.node);
    found.unknown.push({ what: "an option", reason: "its name is computed", line });
  }
  for (const [each, node] of all ?? []) {
    set(each, lineOfJs(node), settings(each, node, script, found));
  }
}

function settings(
  name: string,
  node: JsNode | undefined,
  script: JsScript,
  found: FoundOptions,
): Traits {
  const fields = members(node, script) ?? new Map<string, JsNode>();
  const text = (key: string) => jsText(fields.get(key), script);
  const is = (key: string) => jsValue(fields.get(key), script)?.value === true;
  const initial = fields.get("default");
  const value = jsValue(initial, script);
  if (initial !== undefined && value === undefined) {
    const line = lineOfJs(initial);
    found.unknown.push({ what: `default of '--${name}'`, reason: "it is computed", line });
  }
  const choices = jsValue(fields.get("choices"), script)?.value;
  const description = text("describe") ?? text("description") ?? text("desc");
  const kinds = ["boolean", "number", "string", "array", "count"].filter((kind) =>
    is(kind) || text("type") === kind
  );
  return {
    ...Object.assign({}, ...kinds.map(typeTraits)),
    ...(value === undefined ? {} : { default: value.value }),
    ...(value?.type === "float" ? { type: "float" } : {}),
    ...(Array.isArray(choices) ? { choices } : {}),
    ...(description === undefined ? {} : { description }),
    ...(is("demandOption") || is("require") || is("required") ? { required: true } : {}),
  };
}

function typeTraits(kind: string): Traits {
  switch (kind) {
    case "boolean":
      return { type: "boolean", argSwitch: true };
    case "number":
      return { type: "number" };
    case "string":
      return { type: "string" };
    case "array":
      return { argSplit: true };
    case "count":
      return { type: "int", argRepeat: "count" };
    case "demandOption":
      return { required: true };
    default:
      return {};
  }
}

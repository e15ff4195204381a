/**
 * Flags of scripts that use `parseArgs` of Node or of Deno's standard library, or minimist.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { type FoundOptions, noOptions } from "./_found_options.ts";
import {
  type JsNode,
  type JsScript,
  jsText,
  jsValue,
  lineOfJs,
  members,
  readJsCall,
  walkJs,
} from "./_javascript_calls.ts";
import { plainNumber } from "../meta/guild/plain_scalar.ts";
import { pythonNumber } from "./_python_number.ts";
import type { FlagDef } from "./flag_def.ts";

/** Finds the options that a script hands to a parser of arguments. */
export function parseArgsOptions(script: JsScript): FoundOptions {
  const found = noOptions();
  walkJs(script.body, (node) => {
    const call = readJsCall(node);
    if (call === null) return;
    const origin = script.imports.get(call.name) ?? "";
    const isParser = /^(?:parseArgs|parse|minimist|mri)$/.test(call.name) ||
      /minimist|mri/.test(origin);
    if (!isParser || call.args.length === 0) return;
    const [first, second] = call.args;
    const config = members(first, script);
    const options = config?.get("options");
    if (options !== undefined) nodeOptions(options, script, found);
    else if (second !== undefined) listOptions(second, script, found);
    else if (config === null && /parseArgs|minimist|mri/.test(call.name)) {
      found.unknown.push({
        what: "its options",
        reason: "they are computed, or any are taken",
        line: lineOfJs(node),
      });
    }
  });
  return found;
}

/** `{ lr: { type: "string", default: "0.1", short: "l", multiple: true } }` */
function nodeOptions(node: JsNode, script: JsScript, found: FoundOptions): void {
  const options = members(node, script);
  if (options === null) {
    const reason = "they are computed";
    found.unknown.push({ what: "its options", reason, line: lineOfJs(node) });
  }
  for (const [name, settings] of options ?? []) {
    const fields = members(settings, script);
    const line = lineOfJs(settings);
    if (fields === null) {
      found.unknown.push({ what: `'--${name}'`, reason: "its settings are computed", line });
      continue;
    }
    const initial = fields.get("default");
    const value = jsValue(initial, script);
    if (initial !== undefined && value === undefined) {
      found.unknown.push({ what: `default of '--${name}'`, reason: "it is computed", line });
    }
    const isSwitch = jsText(fields.get("type"), script) === "boolean";
    const isMany = jsValue(fields.get("multiple"), script)?.value === true;
    const flag: FlagDef = {
      name,
      default: textDefault(value?.value) ?? (isSwitch ? false : null),
      line,
    };
    const description = jsText(fields.get("description"), script);
    found.main.push({
      ...flag,
      ...(isSwitch ? switchTraits(flag.default, name) : {}),
      ...(isMany && !isSwitch ? { argRepeat: "each" } : {}),
      ...(description === undefined ? {} : { description }),
    });
  }
}

/** A number that is given as text, since all arguments are: `"0.1"`. */
export function textDefault(value: JsonValue | undefined): JsonValue | undefined {
  const number = typeof value === "string" ? plainNumber(value) : undefined;
  return typeof number === "number" && pythonNumber(number) === value ? number : value;
}

/** A switch that is on by itself is turned off with `--no-…`, where the parser allows it. */
function switchTraits(value: JsonValue, name: string): Partial<FlagDef> {
  return value === true
    ? { type: "boolean", argName: `--no-${name}`, argSwitch: false }
    : { type: "boolean", argSwitch: true };
}

/** `{ string: ["name"], boolean: ["loud"], collect: ["tag"], default: { n: 1 }, alias: {…} }` */
function listOptions(node: JsNode, script: JsScript, found: FoundOptions): void {
  const fields = members(node, script);
  if (fields === null) return;
  const names = (key: string): string[] => {
    const value = jsValue(fields.get(key), script)?.value;
    return typeof value === "string" ? [value] : Array.isArray(value) ? value as string[] : [];
  };
  const defaults = members(fields.get("default"), script) ?? new Map<string, JsNode>();
  const line = lineOfJs(node);
  const strings = names("string");
  const booleans = names("boolean");
  const collected = names("collect");
  for (const name of new Set([...strings, ...booleans, ...collected, ...defaults.keys()])) {
    const initial = defaults.get(name);
    const value = jsValue(initial, script);
    if (initial !== undefined && value === undefined) {
      found.unknown.push({ what: `default of '--${name}'`, reason: "it is computed", line });
    }
    const isSwitch = booleans.includes(name) || typeof value?.value === "boolean";
    found.main.push({
      name,
      default: value?.value ?? (isSwitch ? false : null),
      line: initial === undefined ? line : lineOfJs(initial),
      ...(isSwitch ? switchTraits(value?.value ?? false, name) : {}),
      ...(strings.includes(name) ? { type: "string" } : {}),
      ...(value?.type === "float" ? { type: "float" } : {}),
      ...(collected.includes(name) ? { argRepeat: "each" } : {}),
    });
  }
}

/**
 * Single settings, checked.
 *
 * @module
 */

import type { OptionLevel, OptionValue } from "../options/option_table.ts";
import { parseDuration } from "../options/parse_duration.ts";
import { parseOptions } from "../options/parse_options.ts";
import type { DocumentSettings } from "./document_settings.ts";

/** A table of data. */
export type Data = Readonly<Record<string, unknown>>;

/** Settings in the making. */
export type SettingsDraft = Partial<
  { -readonly [K in keyof DocumentSettings]: DocumentSettings[K] }
>;

/** Where a setting is. */
export interface SettingContext {
  readonly level?: OptionLevel;
  readonly custom?: readonly string[];
}

/** Applies a setting to a draft, and returns what is wrong with it, or null. */
export function applySetting(
  settings: SettingsDraft,
  name: string,
  value: unknown,
  options: SettingContext,
): string | null {
  switch (name) {
    case "options":
      return applyOptions(settings, value, options);
    case "type":
      return value === "typescript" || value === "ts"
        ? null
        : `there is no type '${value}', only 'typescript'`;
    case "init": {
      const init = texts(value, false);
      settings.init = init ?? [];
      return init === null ? "has to be code, or a list of it" : null;
    }
    case "parse-functions":
    case "option-functions": {
      const modules = texts(value, true);
      settings[name === "parse-functions" ? "parseFunctions" : "optionFunctions"] = modules ?? [];
      return modules === null ? "has to be a module, or a list of them" : null;
    }
    case "parse-types":
    case "env": {
      if (!isTable(value)) return "has to be a mapping of names to texts";
      const wrong = Object.keys(value).find((key) => typeof value[key] === "object");
      if (wrong !== undefined) return `'${wrong}' has to be a text`;
      const entries = Object.entries(value).map(([key, text]) => [key, String(text)]);
      settings[name === "env" ? "env" : "parseTypes"] = Object.fromEntries(entries);
      return null;
    }
    case "permissions": {
      const permissions = value === true || value === "all"
        ? null
        : value === false
        ? []
        : texts(value, true);
      if (permissions !== null || value === true || value === "all") {
        settings.permissions = permissions;
        return null;
      }
      return "has to be a list such as ['read', 'net=example.com']";
    }
    case "document-timeout": {
      const time = parseDuration(String(value));
      settings.documentTimeout = time;
      return time === null ? `'${value}' is no time such as 5, 500ms or 2m` : null;
    }
    case "fail-fast":
      settings.failFast = value === true;
      return typeof value === "boolean" ? null : "has to be true or false";
    case "timeout":
    case "retry-on-fail":
    case "typecheck":
      // The same as an option of this name.
      return applyOptions(settings, `+${name}=${value}`, options);
    default:
      return null;
  }
}

function applyOptions(
  settings: SettingsDraft,
  value: unknown,
  options: SettingContext,
): string | null {
  const list = texts(value, false);
  if (list === null) return "has to be options such as '+parse -space', or a list of them";
  const all: Record<string, OptionValue> = { ...settings.options };
  const problems: string[] = [];
  for (const text of list) {
    const parsed = parseOptions(text, {
      level: options.level ?? "document",
      custom: options.custom,
    });
    Object.assign(all, parsed.values);
    problems.push(...parsed.problems);
    if (parsed.rest !== "") {
      problems.push(`'${parsed.rest}' is no option; write '+name' or '-name'`);
    }
  }
  settings.options = all;
  return problems.length === 0 ? null : problems.join("; ");
}

function texts(value: unknown, words: boolean): string[] | null {
  if (typeof value === "string") return words ? value.split(/\s+/).filter(Boolean) : [value];
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : null;
}

/** Whether a value is a table of data. */
export function isTable(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The settings in a document's front matter, and in the table of a project's file.
 *
 * @module
 */

import { parseDuration } from "../options/parse_duration.ts";
import type { OptionLevel, OptionValue } from "../options/option_table.ts";
import { parseOptions } from "../options/parse_options.ts";
import { type DocumentSettings, NO_SETTINGS } from "./document_settings.ts";
import { suggest } from "../../../lib/suggest.ts";

/** Settings, and what is wrong with them. */
export interface ReadSettings {
  readonly settings: DocumentSettings;
  /** Problems in words, each with the key it is about. */
  readonly problems: readonly { readonly key: string; readonly message: string }[];
}

/** Options of {@linkcode readSettings}. */
export interface ReadSettingsOptions {
  /** Whose settings they are. Default: `document`. */
  readonly level?: OptionLevel;
  /** Names of options that modules define. */
  readonly custom?: readonly string[];
}

type Data = Readonly<Record<string, unknown>>;
type Change = Partial<{ -readonly [K in keyof DocumentSettings]: DocumentSettings[K] }>;

// What pages of documentation sites say about themselves is none of our business.
const PAGE_KEYS = new Set(
  ("title subtitle description summary author authors date updated tags categories category " +
    "keywords layout permalink slug draft lang weight order parent nav_order nav_exclude has_toc " +
    "toc sidebar sidebar_label sidebar_position template aliases image version").split(" "),
);
// Flat names that differ from those in a table.
const FLAT: Readonly<Record<string, string>> = {
  "test-options": "options",
  "test-type": "type",
  "typescript-init": "init",
};
const KEYS = [
  "options",
  "type",
  "init",
  "parse-types",
  "parse-functions",
  "option-functions",
  "env",
  "permissions",
  "timeout",
  "document-timeout",
  "retry-on-fail",
  "typecheck",
  "fail-fast",
];
/** Keys of a project's table that are about which documents there are. */
const PROJECT_KEYS = ["include", "exclude", "jobs", "reporter"];

/**
 * Reads settings from a front matter's data, or from a project's table.
 *
 * A table `runlit`, `tool.runlit` or `tool.groktest` is used alone if there is one. Otherwise the
 * keys are taken as they are, those of documentation sites aside.
 */
export function readSettings(data: Data, options: ReadSettingsOptions = {}): ReadSettings {
  const level = options.level ?? "document";
  const table = tableOf(data);
  const problems: { key: string; message: string }[] = [];
  const settings: Change = {};
  const flat = flatten(table ?? data);
  for (const [key, value] of Object.entries(flat)) {
    const name = FLAT[key] ?? key;
    const known = KEYS.includes(name) || (level === "project" && PROJECT_KEYS.includes(name));
    if (!known) {
      if (table === null && PAGE_KEYS.has(name)) continue;
      const near = suggest(key, [...Object.keys(FLAT), ...KEYS]);
      const hint = near === null ? "" : `; did you mean '${near}'?`;
      problems.push({ key, message: `Setting '${key}' is not known${hint}` });
      continue;
    }
    const problem = apply(settings, name, value, options);
    if (problem !== null) problems.push({ key, message: `Setting '${key}': ${problem}` });
  }
  return { settings: { ...NO_SETTINGS, ...settings }, problems };
}

function tableOf(data: Data): Data | null {
  const tool = isTable(data.tool) ? data.tool : {};
  for (const table of [data.runlit, tool.runlit, tool.groktest]) if (isTable(table)) return table;
  return null;
}

/** Joins the names of the tables that may be nested: `parse.types` is `parse-types`. */
function flatten(table: Data): Data {
  const flat: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(table)) {
    const isNested = ["parse", "option", "typescript"].includes(key) && isTable(value);
    if (!isNested) flat[key] = value;
    else for (const [name, inner] of Object.entries(value)) flat[`${key}-${name}`] = inner;
  }
  return flat;
}

function apply(
  settings: Change,
  name: string,
  value: unknown,
  options: ReadSettingsOptions,
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
  settings: Change,
  value: unknown,
  options: ReadSettingsOptions,
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

function isTable(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The settings in a document's front matter, and in the table of a project's file.
 *
 * @module
 */

import type { OptionLevel } from "../options/option_table.ts";
import { applySetting, type Data, isTable, type SettingsDraft } from "./_apply_setting.ts";
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
  const settings: SettingsDraft = {};
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
    const problem = applySetting(settings, name, value, options);
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

/**
 * What a project says about its documents.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type DocumentSettings, NO_SETTINGS } from "../parse/document_settings.ts";
import { readSettings } from "../parse/read_settings.ts";

/** Files that may have settings, each with the table that has them. */
const FILES: readonly [name: string, table: readonly string[]][] = [
  ["runlit.toml", ["$test"]],
  ["pyproject.toml", ["tool", "groktest"]],
];

/**
 * Reads the settings of the project that a document belongs to: the table `$test` of the nearest
 * `runlit.toml`, or Groktest's of the nearest `pyproject.toml`. None are the defaults.
 *
 * @throws {RangeError} A setting is wrong; the message names file and key.
 */
export async function projectSettings(document: string): Promise<DocumentSettings> {
  for (let dir = dirname(resolve(document));; dir = dirname(dir)) {
    for (const [name, path] of FILES) {
      const file = join(dir, name);
      if (!existsSync(file)) continue;
      const table = await readTable(file, path);
      if (table !== null) return settingsOf(file, table);
    }
    if (dir === dirname(dir)) return NO_SETTINGS;
  }
}

type Table = Record<string, unknown>;

async function readTable(file: string, path: readonly string[]): Promise<Table | null> {
  let value: unknown;
  try {
    value = (await import("smol-toml")).parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new RangeError(`Cannot read '${file}': ${(cause as Error).message.trim()}`, { cause });
  }
  for (const key of path) value = (value as Table | undefined)?.[key];
  return typeof value === "object" && value !== null ? value as Table : null;
}

function settingsOf(file: string, table: Table): DocumentSettings {
  const { settings, problems } = readSettings(table, { level: "project" });
  if (problems.length === 0) return settings;
  const [{ key, message }] = problems;
  throw new RangeError(`Cannot use '${key}' in '${file}': ${message}`);
}

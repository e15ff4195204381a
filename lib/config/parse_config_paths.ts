/**
 * The `config` attribute of an operation: which files and keys are its config, and their names.
 *
 * A config path is `["-"] [file-glob] ["#" [key-glob]]`:
 *
 * | path | files | keys |
 * |---|---|---|
 * | `train.py` | adds `train.py` | adds all at the top level, as `#*` |
 * | `train.py#lr` | adds `train.py` | adds `lr` |
 * | `train.py#` | adds `train.py` | |
 * | `#lr` | | adds `lr` |
 * | `-test_*.py` | takes away those | |
 * | `-#lr`, `-train.py#lr` | | takes away `lr` |
 *
 * Keys hold for all files of the group that the path is in. `\-` at the start is a dash that belongs
 * to the name, `\#` anywhere a hash. The format is Gage's.
 *
 * @module
 */

import { suggest } from "../suggest.ts";
import { ConfigError } from "./config_error.ts";

/** A glob that adds what it matches, or takes it away. */
export interface ConfigGlob {
  readonly glob: string;
  readonly exclude: boolean;
}

/** Config paths that belong together, and how the keys they select are named. */
export interface ConfigGroup {
  /** File globs (`/` between names). The last that matches a file decides. */
  readonly files: readonly ConfigGlob[];
  /** Key globs (`.` between names). What is taken away stays away, whatever the order. */
  readonly keys: readonly ConfigGlob[];
  readonly description?: string;
  /** Names get this in front, and a dot between. */
  readonly prefix?: string;
  /** Names lose this from their start, and the dot behind it. */
  readonly stripPrefix?: string;
  /** Old and new names: of a key, or of all keys below it. The first that applies counts. */
  readonly rename: readonly (readonly [from: string, to: string])[];
}

/** Options of {@linkcode parseConfigPaths}. */
export interface ParseConfigPathsOptions {
  /** What the config belongs to, for error messages. Default: `config`. */
  readonly where?: string;
}

/**
 * Parses a path, an array of paths, a table, or an array of tables and paths.
 *
 * A table has `keys` (a path or several), and may have `description`, `prefix`, `strip-prefix` and
 * `rename`: `"old new"`, an array of such strings, or a table of new names by old. Names are
 * stripped first, then renamed, then prefixed. Paths outside of tables make one group, each table
 * makes its own. Undefined and null make none. Throws a `ConfigError` for anything else.
 *
 * @example A file's keys under another name
 * ```ts
 * import { parseConfigPaths } from "runlit/parse-config-paths";
 * import assert from "node:assert/strict";
 *
 * const [group] = parseConfigPaths({ keys: "conf.yaml#train.*", "strip-prefix": "train" });
 * assert.deepEqual(group.files, [{ glob: "conf.yaml", exclude: false }]);
 * assert.deepEqual(group.keys, [{ glob: "train.*", exclude: false }]);
 * assert.equal(group.stripPrefix, "train");
 * ```
 */
export function parseConfigPaths(
  config: unknown,
  options: ParseConfigPathsOptions = {},
): ConfigGroup[] {
  const where = options.where ?? "config";
  if (config === undefined || config === null) return [];
  const items = Array.isArray(config) ? config : [config];
  const paths: string[] = [];
  const groups: ConfigGroup[] = [];
  for (const item of items) {
    if (typeof item === "string") paths.push(item);
    else if (isTable(item)) groups.push(parseTable(item, where));
    else throw refuse(where, item, "it has to be a path such as 'train.py#lr', or a table");
  }
  return paths.length > 0 ? [{ ...parsePaths(paths, where), rename: [] }, ...groups] : groups;
}

const ATTRIBUTES = ["keys", "description", "prefix", "strip-prefix", "rename"];

function parseTable(table: Record<string, unknown>, where: string): ConfigGroup {
  for (const name of Object.keys(table)) {
    if (ATTRIBUTES.includes(name)) continue;
    const near = suggest(name, ATTRIBUTES);
    const help = near ? `did you mean '${near}'?` : `known are ${ATTRIBUTES.join(", ")}`;
    throw new ConfigError(`Cannot use ${where}: unknown attribute '${name}'; ${help}`);
  }
  const text = (name: string) => {
    const value = table[name];
    if (value === undefined || typeof value === "string") return value;
    throw refuse(where, value, `'${name}' has to be a string`);
  };
  const { keys } = table;
  const paths = Array.isArray(keys) ? keys : [keys];
  if (paths.length === 0 || paths.some((path) => typeof path !== "string")) {
    throw refuse(where, keys, "a table needs 'keys': a path such as 'train.py#lr', or several");
  }
  return {
    ...parsePaths(paths, where),
    description: text("description"),
    prefix: text("prefix"),
    stripPrefix: text("strip-prefix"),
    rename: parseRename(table["rename"], where),
  };
}

function parsePaths(paths: readonly string[], where: string): Pick<ConfigGroup, "files" | "keys"> {
  const files: ConfigGlob[] = [];
  const keys: ConfigGlob[] = [];
  for (const path of paths) {
    const exclude = path.startsWith("-");
    const rest = (exclude ? path.slice(1).trimStart() : path).replace(/^\\-/, "-");
    if (rest.trim() === "") throw refuse(where, path, "a path cannot be empty");
    const [file, ...key] = rest.split(/(?<!\\)#/);
    const fileGlob = file.replaceAll("\\#", "#");
    if (key.length === 0) {
      files.push({ glob: fileGlob, exclude });
      if (!exclude) keys.push({ glob: "*", exclude });
      continue;
    }
    const keyGlob = key.join("#").replaceAll("\\#", "#");
    if (fileGlob !== "" && !exclude) files.push({ glob: fileGlob, exclude });
    if (keyGlob !== "") keys.push({ glob: keyGlob, exclude });
  }
  return { files, keys };
}

function parseRename(rename: unknown, where: string): [string, string][] {
  if (rename === undefined) return [];
  if (isTable(rename)) {
    return Object.entries(rename).map(([from, to]) => {
      if (typeof to === "string") return [from, to];
      throw refuse(where, to, `the new name of '${from}' has to be a string`);
    });
  }
  const rules = Array.isArray(rename) ? rename : [rename];
  return rules.map((rule) => {
    const names = typeof rule === "string" ? rule.trim().split(/\s+/) : [];
    if (names.length === 2) return [names[0], names[1]];
    throw refuse(where, rule, "a 'rename' has an old and a new name, such as 'lr learning-rate'");
  });
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(where: string, what: unknown, why: string): ConfigError {
  return new ConfigError(`Cannot use ${JSON.stringify(what)} in ${where}: ${why}`);
}

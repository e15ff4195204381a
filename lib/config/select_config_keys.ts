/**
 * Which values of which files are an operation's config, and under which names.
 *
 * @module
 */

import { compileGlob } from "../files/glob.ts";
import type { JsonValue } from "../types.ts";
import { groupFiles, isLiteral } from "./_group_files.ts";
import type { ConfigEntry, ConfigType } from "./config_entry.ts";
import { ConfigError } from "./config_error.ts";
import type { ConfigGroup } from "./parse_config_paths.ts";

/** A file and what it offers. */
export interface ConfigFile {
  /** Relative path with `/` between its names. */
  readonly path: string;
  /** Entries of the file; with lists and objects, if these are to be selected too. */
  readonly entries: readonly ConfigEntry[];
}

/** A value that is config, and its name there. */
export interface ConfigKey {
  /** Name that the value is shown and set by. Several values may share one. */
  readonly name: string;
  /** File that holds the value. */
  readonly path: string;
  /** Key in that file. */
  readonly key: string;
  /** The value in the file: the default. */
  readonly value: JsonValue;
  readonly type: ConfigType;
  readonly line: number;
  readonly description?: string;
}

/**
 * Selects keys by groups of config paths, in the order of groups, files and entries.
 *
 * A list or object as a whole is selected only by its own key, without wildcards. The same name
 * from several files is one name for all of them. From several keys of one file it is an error, a
 * `ConfigError`.
 *
 * @example Select and name a key
 * ```ts
 * import { parseConfigPaths } from "runlit/parse-config-paths";
 * import { readConfig } from "runlit/read-config";
 * import { selectConfigKeys } from "runlit/select-config-keys";
 * import assert from "node:assert/strict";
 *
 * const entries = await readConfig("lr = 0.1\nseed = 1\n", "python");
 * const groups = parseConfigPaths({ keys: ["train.py", "-#seed"], prefix: "train" });
 * const [key] = selectConfigKeys(groups, [{ path: "train.py", entries }]);
 * assert.equal(key.name, "train.lr");
 * assert.equal(key.value, 0.1);
 * ```
 */
export function selectConfigKeys(
  groups: readonly ConfigGroup[],
  files: readonly ConfigFile[],
): ConfigKey[] {
  const selected: ConfigKey[] = [];
  const owners = new Map<string, string>();
  for (const group of groups) {
    const hasFile = groupFiles(group);
    const hasKey = compileKeys(group);
    for (const { path, entries } of files) {
      if (!hasFile(path)) continue;
      for (const entry of entries) {
        if (!hasKey(entry)) continue;
        const { key, value, type, line } = entry;
        const name = exposedName(group, path, key);
        const owner = owners.get(`${path}\0${name}`);
        if (owner === key) continue;
        if (owner !== undefined) {
          throw new ConfigError(
            `Cannot name '${key}' in '${path}' '${name}': that is the name of '${owner}' already`,
            { file: path, key },
          );
        }
        owners.set(`${path}\0${name}`, key);
        selected.push({ name, path, key, value, type, line, description: group.description });
      }
    }
  }
  return selected;
}

function compileKeys(group: ConfigGroup): (entry: ConfigEntry) => boolean {
  const rules = group.keys.map(({ glob, exclude }) => ({
    matches: compileGlob(glob, { separator: "." }),
    exclude,
    literal: isLiteral(glob),
  }));
  return ({ key, type }) => {
    const isWhole = type === "list" || type === "object";
    let included = false;
    for (const { matches, exclude, literal } of rules) {
      if (included && !exclude) continue;
      if ((isWhole && !literal && !exclude) || !matches(key)) continue;
      if (exclude) return false;
      included = true;
    }
    return included;
  };
}

function exposedName(group: ConfigGroup, path: string, key: string): string {
  let name = key;
  if (group.stripPrefix) name = replaceStart(name, group.stripPrefix, "") ?? name;
  for (const [from, to] of group.rename) {
    const renamed = replaceStart(name, from, to) ?? replaceStart(key, from, to);
    if (renamed === undefined) continue;
    name = renamed;
    break;
  }
  name = join(group.prefix ?? "", name);
  if (name !== "") return name;
  throw new ConfigError(`Cannot name '${key}' in '${path}': nothing is left of its name`, {
    file: path,
    key,
  });
}

/** Replaces whole names at the start of a key; undefined if it starts otherwise. */
function replaceStart(key: string, from: string, to: string): string | undefined {
  const start = from.replace(/\.$/, "");
  if (key === start) return to.replace(/\.$/, "");
  return key.startsWith(`${start}.`) ? join(to, key.slice(start.length + 1)) : undefined;
}

function join(first: string, second: string): string {
  if (first === "" || second === "") return first + second;
  return first.endsWith(".") ? first + second : `${first}.${second}`;
}

/**
 * The files that config paths name.
 *
 * @module
 */

import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileError } from "../files/file_error.ts";
import { compileGlob } from "../files/glob.ts";
import { naturalCompare } from "../files/natural_compare.ts";
import { groupFiles, isLiteral } from "./_group_files.ts";
import { unknownFormat } from "./_messages.ts";
import { ConfigError } from "./config_error.ts";
import { configFormat } from "./config_format.ts";
import type { ConfigGroup } from "./parse_config_paths.ts";

/** Options of {@linkcode findConfigFiles}. */
export interface FindConfigFilesOptions {
  /** Directories that are never entered, such as that of the runs. Default: none. */
  readonly exclude?: readonly string[];
}

/**
 * Finds the config files of a directory, as relative paths with `/` in natural order.
 *
 * Only directories that a glob can reach are read. Hidden ones have to be named (`.conf/*.yaml`);
 * virtual environments, directories with a `.nocopy` file and symbolic links are never entered.
 * Of what a glob with wildcards matches, only files of a known format count. Throws a
 * `ConfigError` if a path without wildcards names a file of another format.
 *
 * @example Find config at any depth
 * ```ts
 * import { findConfigFiles } from "runlit/find-config-files";
 * import { parseConfigPaths } from "runlit/parse-config-paths";
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * mkdirSync(`${dir}/conf`);
 * writeFileSync(`${dir}/conf/d.py`, "x = 1\n");
 * assert.deepEqual(await findConfigFiles(dir, parseConfigPaths("**\/d.py")), ["conf/d.py"]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function findConfigFiles(
  dir: string,
  groups: readonly ConfigGroup[],
  options: FindConfigFilesOptions = {},
): Promise<string[]> {
  const closed = new Set((options.exclude ?? []).map((path) => resolve(path)));
  const selects = groups.map(groupFiles);
  const globs = groups.flatMap((group) => group.files.filter((rule) => !rule.exclude));
  const named = new Set(globs.map((rule) => rule.glob).filter(isLiteral));
  const reaches = globs.map((rule) => compileReach(rule.glob));
  const found: string[] = [];
  const waiting = globs.length > 0 ? [""] : [];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const entry of readDir(join(dir, parent))) {
      const path = parent + entry.name;
      if (entry.isDirectory()) {
        const reached = reaches.some((reach) => reach(path));
        if (reached && !isClosed(resolve(dir, path), closed)) waiting.push(`${path}/`);
      } else if (entry.isFile() && selects.some((select) => select(path))) {
        if (configFormat(path)) found.push(path);
        else if (named.has(path)) {
          const why = unknownFormat();
          throw new ConfigError(`Cannot read config from '${path}': ${why}`, { file: path });
        }
      }
    }
  }
  return found.sort(naturalCompare);
}

/** Compiles a glob to a function that tells whether it can match something in a directory. */
function compileReach(glob: string): (dir: string) => boolean {
  const parts = glob.split("/");
  const steps = parts.slice(0, -1).map((part) => ({ part, matches: compileGlob(part) }));
  if (parts[parts.length - 1].includes("**")) steps.push({ part: "**", matches: () => true });
  return (dir) => {
    const names = dir.split("/");
    for (const [i, name] of names.entries()) {
      if (i >= steps.length) return false;
      const { part, matches } = steps[i];
      // What `**` stands for may be any number of names.
      if (part.includes("**")) return names.slice(i).every((rest) => !rest.startsWith("."));
      if (!matches(name) || (name.startsWith(".") && !part.startsWith("."))) return false;
    }
    return true;
  };
}

function isClosed(dir: string, closed: ReadonlySet<string>): boolean {
  return closed.has(dir) || existsSync(join(dir, ".nocopy")) ||
    existsSync(join(dir, "bin", "activate"));
}

function readDir(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    throw fileError("list", dir, error);
  }
}

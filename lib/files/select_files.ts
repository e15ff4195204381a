/**
 * Finds the files of a directory that rules select.
 *
 * @module
 */

import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { ruleSet } from "./_rule_set.ts";
import type { FileWarning, SelectedFile, Selection, WalkedDir } from "./_selection.ts";
import { unusedRules } from "./_unused_rules.ts";
import { walkDir } from "./_walk_dir.ts";
import { fileError } from "./file_error.ts";
import type { FileRule } from "./parse_file_patterns.ts";

export type { FileWarning, SelectedFile };

/** Options of {@linkcode selectFiles}. */
export interface SelectFilesOptions {
  /** Absolute paths of directories that are never entered, such as that of the runs. */
  readonly exclude?: readonly string[];
  /**
   * Follow links that lead out of the directory, too; or those of which a function says so, given
   * what the link leads to and its own path. Default: false.
   */
  readonly followLinks?: boolean | ((target: string, path: string) => boolean);
}

/** What {@linkcode selectFiles} found. */
export interface FileSelection {
  /** Sorted by path. */
  readonly files: SelectedFile[];
  /** In the order in which they were met. */
  readonly warnings: FileWarning[];
}

/**
 * Selects files below a directory by rules, of which the last that matches a file decides.
 *
 * Links are followed within the directory and stand for what they lead to. What cannot be selected
 * is left out with a warning: links that lead out, nowhere or in circles, pipes, sockets and
 * devices (which are never opened), names that are not UTF-8 or hold a line break, directories that
 * cannot be read, and what vanishes meanwhile. Reaching a pattern's `max-matches` is a warning, and
 * so is a pattern that selects nothing.
 *
 * Throws a `FileError` if the directory, or a file whose contents decide, cannot be read.
 *
 * @example Select files
 * ```ts
 * import { parseFilePatterns } from "runlit/parse-file-patterns";
 * import { selectFiles } from "runlit/select-files";
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * for (const name of ["train.py", "eval.py", "notes.md"]) writeFileSync(`${dir}/${name}`, "");
 * const { files } = await selectFiles(dir, parseFilePatterns(["*.py", "-eval.py"]));
 * assert.deepEqual(files.map((file) => file.path), ["train.py"]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function selectFiles(
  dir: string,
  rules: readonly FileRule[],
  options: SelectFilesOptions = {},
): Promise<FileSelection> {
  const root = realDir(dir);
  const { followLinks = false } = options;
  const selection: Selection = {
    root,
    rules: ruleSet(rules),
    exclude: new Set(options.exclude?.map(realPath)),
    follows: typeof followLinks === "function" ? followLinks : () => followLinks,
    files: [],
    warnings: [],
    links: 0,
  };
  if (rules.length === 0) return selection;
  // Gage counts matches in this order: a directory's files, then each directory in it.
  const waiting: WalkedDir[] = [{ path: "", real: root, parent: null }];
  let rested = performance.now();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    waiting.push(...walkDir(selection, next).reverse());
    if (performance.now() - rested > 50) {
      // Lets signals and timers through.
      await setImmediate();
      rested = performance.now();
    }
  }
  selection.warnings.push(...unusedRules(selection.rules));
  const files = selection.files.sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  return { files, warnings: selection.warnings };
}

function realDir(dir: string): string {
  try {
    return realpathSync(dir);
  } catch (error) {
    throw fileError("select files in", dir, error);
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // A directory that does not exist yet cannot be entered either, but may be made meanwhile.
    return resolve(path);
  }
}

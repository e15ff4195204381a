/**
 * Where is the project?
 *
 * @module
 */

import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** Names of project files, in the order in which they are looked for. */
export const PROJECT_FILES: readonly string[] = [
  "runlit.toml",
  ".gage/gage.toml",
  ".gage/gage.yaml",
  ".gage/gage.json",
  "gage.toml",
  "gage.yaml",
  "gage.json",
];

/** What marks a directory as a project where it has no project file, Gage's list last. */
const MARKS = [
  ".runlit",
  ".gage",
  "gageconfig.json",
  "gageconfig.toml",
  "gageconfig.yaml",
  "pyproject.toml",
  "package.json",
  "deno.json",
  ".vscode",
  ".git",
];

/** A project: its directory, and its project file where it has one. */
export interface ProjectLocation {
  /** Absolute path. */
  readonly dir: string;
  /** Absolute path of the project file, or null. */
  readonly file: string | null;
}

/** Options of {@link findProject}. */
export interface FindProjectOptions {
  /** Never look above this directory. Default: look up to the root. */
  stopAt?: string;
}

/**
 * Finds the project that a directory belongs to: the nearest directory, from `start` upwards, with
 * a project file; without one, the nearest with another mark of a project (`.git`, `package.json`,
 * …); without either, `start` itself.
 *
 * @example The nearest directory with a project file
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { findProject } from "runlit/find-project";
 *
 * const dir = mkdtempSync(join(tmpdir(), "project-"));
 * writeFileSync(join(dir, "runlit.toml"), "");
 * mkdirSync(join(dir, "src"));
 * assert.equal(findProject(join(dir, "src")).file, join(dir, "runlit.toml"));
 * rmSync(dir, { recursive: true });
 * ```
 */
export function findProject(start: string, options: FindProjectOptions = {}): ProjectLocation {
  const dirs = [...upwards(resolve(start), options.stopAt)];
  for (const dir of dirs) {
    const name = PROJECT_FILES.find((name) => existsSync(join(dir, name)));
    if (name !== undefined) return { dir, file: join(dir, name) };
  }
  const marked = dirs.find((dir) => MARKS.some((mark) => existsSync(join(dir, mark))));
  return { dir: marked ?? dirs[0], file: null };
}

/** Whether a project file is one of Gage's. */
export function isGageFile(path: string): boolean {
  return /^gage\.(toml|yaml|yml|json)$/.test(basename(path));
}

function* upwards(start: string, stopAt?: string): Generator<string> {
  const last = stopAt === undefined ? null : resolve(stopAt);
  for (let dir = start;; dir = dirname(dir)) {
    yield dir;
    if (dir === dirname(dir) || dir === last) return;
  }
}

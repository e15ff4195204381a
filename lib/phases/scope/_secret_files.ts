/**
 * Files with secrets in a project.
 *
 * @module
 */

import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isGlob } from "./bwrap/expand_path_glob.ts";
import { isWithin } from "./bwrap/mount.ts";
import type { Scope, ScopeDirs } from "./scope.ts";
import { isSecretFile } from "./secret_paths.ts";

/** Directories of a project that hold nobody's settings, and many files. */
const SKIPPED = new Set([
  "node_modules",
  ".git",
  ".venv",
  "venv",
  "__pycache__",
  ".runlit",
  ".gage",
]);
const MOST_ENTRIES = 20_000;

/**
 * Lists the `.env` files of the project that a scope would show, as far as one look at it finds them,
 * and the history of its prompt.
 *
 * @param named What permissions allow by name.
 */
export function secretFiles(scope: Scope, dirs: ScopeDirs, named: readonly string[]): string[] {
  // What was typed at the prompt, secrets included: kept out of the home's histories, it is here.
  const history = dirs.project === undefined ? [] : [join(dirs.project, ".runlit/history")];
  const found: string[] = history.filter(existsSync);
  const waiting = seenOfProject(scope, dirs, named);
  let left = MOST_ENTRIES;
  for (let dir = waiting.pop(); dir !== undefined && left > 0; dir = waiting.pop()) {
    let entries;
    try {
      entries = readdirSync(dir, { withFileTypes: true });
    } catch {
      continue;
    }
    left -= entries.length;
    for (const entry of entries) {
      const path = join(dir, entry.name);
      if (isSecretFile(entry.name) && !entry.isDirectory()) found.push(path);
      else if (entry.isDirectory() && !SKIPPED.has(entry.name) && path !== dirs.runs) {
        waiting.push(path);
      }
    }
  }
  return found;
}

/** The project; or what permissions show of it by name, where it is hidden. */
function seenOfProject(
  { hidesProject }: Scope,
  { project }: ScopeDirs,
  named: readonly string[],
): string[] {
  if (project === undefined) return [];
  if (!hidesProject || named.includes(project)) return [project];
  const places = named.map((path) => isGlob(path) ? dirname(path.replace(/[*?].*/s, "x")) : path)
    .filter((path) => isWithin(path, project));
  return places.filter((path, index) =>
    !places.some((other, i) => isWithin(path, other) && (path !== other || i < index))
  );
}

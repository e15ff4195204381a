/**
 * Files with secrets in a project.
 *
 * @module
 */

import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isGlob } from "./bwrap/expand_path_glob.ts";
import { isWithin } from "./bwrap/mount.ts";
import { resolveLinks } from "./bwrap/resolve_links.ts";
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
 * @param most Look at about that many entries.
 */
export function secretFiles(
  scope: Scope,
  dirs: ScopeDirs,
  named: readonly string[],
  most: number = MOST_ENTRIES,
): string[] {
  // What was typed at the prompt, secrets included: kept out of the home's histories, it is here.
  const history = dirs.project === undefined ? [] : [join(dirs.project, ".runlit/history")];
  const found: string[] = history.filter(existsSync);
  let left = most;
  // By depth, and there what has many siblings last: a data set must not take all there is left.
  let level = seenOfProject(scope, dirs, named).map((dir) => ({ dir, siblings: 0 }));
  while (level.length > 0 && left > 0) {
    const next: typeof level = [];
    for (const { dir } of level.sort((a, b) => a.siblings - b.siblings)) {
      if (left <= 0) break;
      const entries = list(dir);
      left -= entries.length;
      const inner: string[] = [];
      for (const entry of entries) {
        const path = join(dir, entry.name);
        if (isSecretFile(entry.name) && !entry.isDirectory()) found.push(path);
        else if (entry.isDirectory() && !SKIPPED.has(entry.name) && path !== dirs.runs) {
          inner.push(path);
        }
      }
      next.push(...inner.map((dir) => ({ dir, siblings: inner.length })));
    }
    level = next;
  }
  return found;
}

function list(dir: string): { name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The project; or what permissions show of it by name, where it is hidden. */
function seenOfProject(
  { hidesProject }: Scope,
  { project }: ScopeDirs,
  named: readonly string[],
): string[] {
  if (project === undefined) return [];
  if (!hidesProject || named.includes(project)) return [project];
  // Permissions may lead there by a link, and be shown all the same.
  const root = realPath(project);
  const places = named.map((path) => isGlob(path) ? dirname(path.replace(/[*?].*/s, "x")) : path)
    .map(realPath).filter((path) => isWithin(path, root));
  return places.filter((path, index) =>
    !places.some((other, i) => isWithin(path, other) && (path !== other || i < index))
  );
}

function realPath(path: string): string {
  return resolveLinks(path).real ?? path;
}

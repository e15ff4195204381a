/**
 * The packages that `deno check` sees.
 *
 * @module
 */

import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type ScopeModules, scopeModules } from "./scope_modules.ts";

/** Directories that packages are found from. */
export interface LinkedPackages {
  /** The document's packages are found from here. */
  readonly dir: string;
  /** Modules with the types of the scope, as they are called from the temporary directory. */
  readonly scope: ScopeModules | null;
  /** Whether there are any packages: Deno has a mode for that. */
  readonly any: boolean;
}

/**
 * Links packages into a temporary directory so that the same ones are found from it as from a
 * document.
 *
 * With packages, Deno wants the types of Node's built-ins to be one of them. Where they are not
 * installed nothing is linked, and packages have no types.
 */
export function linkPackages(temp: string, path: string): LinkedPackages {
  const scope = scopeModules();
  const found: string[] = [];
  for (let dir = dirname(path);; dir = dirname(dir)) {
    if (existsSync(join(dir, "node_modules"))) found.unshift(join(dir, "node_modules"));
    if (dir === dirname(dir)) break;
  }
  const isBuilt = scope !== null && scope.packageDir !== null;
  const nodeTypes = found.length > 0 || isBuilt ? findNodeTypes(path) : null;
  if (nodeTypes === null) return { dir: temp, scope: isBuilt ? null : scope, any: false };

  const own = join(temp, "node_modules");
  mkdirSync(join(own, "@types"), { recursive: true });
  symlinkSync(nodeTypes, join(own, "@types/node"));
  // The nearer ones are in directories further down.
  let dir = temp;
  for (const modules of found) {
    dir = join(dir, "in");
    mkdirSync(dir);
    symlinkSync(modules, join(dir, "node_modules"));
  }
  if (!isBuilt) return { dir, scope, any: true };
  // Built types are found by the name of their package only: Deno takes a path for JavaScript.
  symlinkSync(scope.packageDir!.replace(/\/$/, ""), join(own, "runlit"));
  const named = { ...scope, library: "runlit", helpers: "runlit/helpers" };
  return { dir, scope: named, any: true };
}

function findNodeTypes(path: string): string | null {
  for (const from of [path, import.meta.url]) {
    try {
      return dirname(createRequire(from).resolve("@types/node/package.json"));
    } catch {
      // They are not installed there.
    }
  }
  return null;
}

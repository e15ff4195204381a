/**
 * Where the types of helpers and of the library are.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Modules with the types of what sessions have in scope. */
export interface ScopeModules {
  /** Path, or name, of the library's module. */
  readonly library: string;
  /** The same of the helpers. */
  readonly helpers: string;
  /** Directory of the package, when the modules are those of a package that was built. */
  readonly packageDir: string | null;
}

/**
 * Finds the modules with the types: the sources, or what was built of them. Null where neither has
 * types: a package that was built without.
 */
export function scopeModules(): ScopeModules | null {
  const path = fileURLToPath(import.meta.url);
  const isBuilt = path.includes("/dist/");
  const root = path.slice(0, path.lastIndexOf(isBuilt ? "/dist/" : "/repl/") + 1);
  if (isBuilt && existsSync(`${root}dist/mod.d.ts`)) {
    const helpers = `${root}dist/repl/helpers/mod.js`;
    return { library: `${root}dist/mod.js`, helpers, packageDir: root };
  }
  if (!existsSync(`${root}mod.ts`)) return null;
  return { library: `${root}mod.ts`, helpers: `${root}repl/helpers/mod.ts`, packageDir: null };
}

/**
 * Paths of permissions, with their placeholders.
 *
 * @module
 * @internal
 */

import { isAbsolute, join, normalize } from "node:path";
import { suggest } from "../../suggest.ts";
import type { ScopeDirs } from "./scope.ts";
import { ScopeError } from "./scope_error.ts";

/** Stands in a list for what the profile grants. */
export const PROFILE_ITEM = "${default}";

/**
 * Makes a path of permissions absolute: `${project}`, `${run}`, `${runs}`, `${tmp}`, `${home}` and
 * `${cache}` are directories, `~` is the home, and a relative path belongs to the project.
 *
 * Returns null for what belongs to a project where there is none.
 *
 * @throws {ScopeError} The placeholder is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { expandScopePath } from "runlit/expand-scope-path";
 *
 * const dirs = { project: "/p", run: "/p/runs/1", runs: "/p/runs", home: "/h", tmp: "/tmp", cache: "/h/.cache" };
 * assert.equal(expandScopePath("${project}/data/", dirs, "read"), "/p/data");
 * assert.equal(expandScopePath("~/.ssh", dirs, "read"), "/h/.ssh");
 * assert.equal(expandScopePath("data", dirs, "read"), "/p/data");
 * ```
 */
export function expandScopePath(path: string, dirs: ScopeDirs, key: string): string | null {
  let missing = false;
  const text = path.replace(/^~(?=\/|$)/, () => dirs.home).replace(
    /\$\{([^}]*)\}|\$(\w+)/g,
    (whole, name: string | undefined, bare: string | undefined) => {
      if (name === undefined || !Object.hasOwn(NAMES, name)) {
        throw unknown(path, whole, name ?? bare ?? "", key);
      }
      const dir = dirs[name as keyof ScopeDirs];
      missing ||= dir === undefined;
      return dir ?? "";
    },
  );
  if (missing) return null;
  if (!isAbsolute(text)) return dirs.project === undefined ? null : clean(join(dirs.project, text));
  return clean(text);
}

const NAMES: Readonly<Record<keyof ScopeDirs, true>> = {
  project: true,
  run: true,
  runs: true,
  home: true,
  tmp: true,
  cache: true,
};

function clean(path: string): string {
  const normal = normalize(path);
  return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}

function unknown(path: string, written: string, name: string, key: string): ScopeError {
  const names = Object.keys(NAMES);
  const near = suggest(name, names);
  return new ScopeError(
    `Unknown placeholder '${written}' in '${path}' of '${key}'` +
      (near === null
        ? `: there are ${names.map((name) => "${" + name + "}").join(", ")}`
        : `: did you mean '\${${near}}'?`),
    key,
  );
}

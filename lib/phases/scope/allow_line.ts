/**
 * The line of a project file that would allow what a scope withheld.
 *
 * @module
 * @internal
 */

import { PROFILE_ITEM } from "./expand_scope_path.ts";
import type { PermissionKind } from "./permissions.ts";
import type { Scope } from "./scope.ts";

/**
 * Returns the line to write in an operation's table of the project file, in TOML, that adds one
 * item to what its phase is granted.
 *
 * @example It adds to what the operation asks for already
 * ```ts
 * import assert from "node:assert/strict";
 * import { allowLine } from "runlit/allow-line";
 * import { parsePermissions } from "runlit/parse-permissions";
 * import { resolveScope } from "runlit/resolve-scope";
 *
 * const dirs = { run: "/r/1", runs: "/r", home: "/h", tmp: "/tmp", cache: "/h/.cache" };
 * const scope = resolveScope([parsePermissions({ run: { read: ["/data"] } })], "run", dirs);
 * assert.equal(allowLine(scope, "read", "/models"), 'permissions.run.read = ["/data", "/models"]');
 * assert.equal(allowLine(scope, "net", true), "permissions.run.net = true");
 * ```
 */
export function allowLine(scope: Scope, kind: PermissionKind, item: string | true): string {
  const key = `permissions.${scope.phase}.${kind}`;
  if (item === true) return `${key} = true`;
  const grant = scope.asked[kind];
  const allow = grant?.allow ?? null;
  const before = allow === null || allow === true ? [PROFILE_ITEM] : allow;
  const list = [...before.filter((other) => other !== item), item];
  const text = `[${list.map((entry) => JSON.stringify(entry)).join(", ")}]`;
  return grant !== undefined && grant.deny.length > 0
    ? `${key}.allow = ${text}`
    : `${key} = ${text}`;
}

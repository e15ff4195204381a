/**
 * The permissions that hold for an operation.
 *
 * @module
 */

import { suggest } from "../../suggest.ts";
import type { OpDef } from "../../types.ts";
import { parsePermissions } from "./parse_permissions.ts";
import type { Permissions } from "./permissions.ts";
import { ScopeError } from "./scope_error.ts";

/**
 * Reads the permissions of a project (`$permissions` of its file) and of an operation
 * (`permissions` of its table), in the order in which they are merged. Empty: nobody asks for any.
 *
 * @throws {ScopeError} They cannot be used, or are called something else; the message names the
 * operation and the key.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readPermissions } from "runlit/read-permissions";
 *
 * const opdef = { name: "train", data: { exec: "python train.py", permissions: "strict" } };
 * assert.equal(readPermissions(opdef)[0].all.profile, "strict");
 * assert.deepEqual(readPermissions({ name: "train", data: {} }), []);
 * ```
 */
export function readPermissions(
  opdef: OpDef,
  settings: Readonly<Record<string, unknown>> = {},
): Permissions[] {
  const found: Permissions[] = [];
  const add = (value: unknown, where: string) => {
    if (value !== undefined && value !== null) found.push(parsePermissions(value, { where }));
  };
  const operation = `operation '${opdef.name}'`;
  refuseTypos(settings, "$permissions", "the project");
  refuseTypos(settings, "$scope", "the project");
  refuseTypos(opdef.data, "permissions", operation);
  add(settings.permissions, "the project");
  add(opdef.data.permissions, operation);
  return found;
}

/** Unknown keys are nobody's business, but what was meant to hold a phase must not be one of them. */
function refuseTypos(
  table: Readonly<Record<string, unknown>>,
  meant: "permissions" | "$permissions" | "$scope",
  where: string,
): void {
  const key = meant.replace("$", "");
  const sign = meant === key ? "" : "$";
  for (const name of Object.keys(table)) {
    if (name === key || !isNear(name, key)) continue;
    throw new ScopeError(
      `Unknown key '${sign}${name}' of ${where}: did you mean '${meant}'?`,
      `${sign}${name}`,
    );
  }
}

function isNear(name: string, key: string): boolean {
  // Other short words are as near as a mistake is.
  if (key === "scope") return /^scop(e|es|ed|ing|e.?policy)?$/i.test(name);
  // Nor is a mistake made in the first letter: an operation may well have `emissions`.
  return /^p.{3}/i.test(name) && suggest(name, [key], { most: 2 }) !== null;
}

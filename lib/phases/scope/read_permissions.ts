/**
 * The permissions that hold for an operation.
 *
 * @module
 */

import type { OpDef } from "../../types.ts";
import { parsePermissions } from "./parse_permissions.ts";
import type { Permissions } from "./permissions.ts";

/**
 * Reads the permissions of a project (`$permissions` of its file) and of an operation
 * (`permissions` of its table), in the order in which they are merged. Empty: nobody asks for any.
 *
 * @throws {ScopeError} They cannot be used; the message names the operation and the key.
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
  add(settings.permissions, "the project");
  add(opdef.data.permissions, `operation '${opdef.name}'`);
  return found;
}

/**
 * Where was something written that a phase asks for?
 *
 * @module
 */

import type { PhaseName } from "../../types.ts";
import type { Grant, PermissionKind, Permissions } from "./permissions.ts";

/**
 * Returns the key that has an item of a grant: that of the phase, or the one for all phases.
 *
 * @param layers Permissions from the furthest to the nearest, as `mergePermissions` takes them.
 */
export function permissionKey(
  layers: readonly Permissions[],
  phase: PhaseName,
  kind: PermissionKind,
  item: string,
): string {
  const own = `permissions.${phase}.${kind}`;
  for (const { all, phases } of layers.toReversed()) {
    if (has(phases[phase]?.[kind], item)) return own;
    if (has(all[kind], item)) return `permissions.${kind}`;
  }
  return own;
}

function has(grant: Grant | undefined, item: string): boolean {
  const { allow = null, deny = [] } = grant ?? {};
  return deny.includes(item) || (Array.isArray(allow) && allow.includes(item));
}

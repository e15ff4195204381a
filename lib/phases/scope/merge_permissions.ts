/**
 * Permissions from several places, as one for a phase.
 *
 * @module
 * @internal
 */

import type { PhaseName } from "../../types.ts";
import type {
  Grant,
  Limits,
  PermissionKind,
  Permissions,
  PhasePermissions,
} from "./permissions.ts";

const KINDS: readonly PermissionKind[] = ["read", "write", "net", "env", "run"];

/**
 * Merges what a project, its operation and the operation's phase ask for into what holds for the
 * phase. The nearest wins, key by key and limit by limit; what any of them denies stays denied.
 *
 * @param layers Permissions from the furthest (the project's) to the nearest (the operation's).
 *
 * @example The operation's word beats the project's, but for what is denied
 * ```ts
 * import assert from "node:assert/strict";
 * import { mergePermissions } from "runlit/merge-permissions";
 * import { parsePermissions } from "runlit/parse-permissions";
 *
 * const project = parsePermissions({ net: false, read: { deny: ["/data/raw"] } });
 * const operation = parsePermissions({ run: { net: true, read: ["/data"] } });
 * const merged = mergePermissions([project, operation], "run");
 * assert.equal(merged.net?.allow, true);
 * assert.deepEqual(merged.read, { allow: ["/data"], deny: ["/data/raw"] });
 * ```
 */
export function mergePermissions(
  layers: readonly Permissions[],
  phase: PhaseName,
): PhasePermissions {
  const merged: { -readonly [key in keyof PhasePermissions]: PhasePermissions[key] } = {};
  for (const { all, phases } of layers) {
    for (const next of [all, phases[phase] ?? {}]) {
      if (next.profile !== undefined) merged.profile = next.profile;
      if (next.gpu !== undefined) merged.gpu = next.gpu;
      if (next.debug !== undefined) merged.debug = next.debug;
      if (next.limits !== undefined) merged.limits = mergeLimits(merged.limits, next.limits);
      for (const kind of KINDS) {
        if (next[kind] !== undefined) merged[kind] = mergeGrant(merged[kind], next[kind]);
      }
    }
  }
  return merged;
}

function mergeGrant(outer: Grant | undefined, inner: Grant): Grant {
  if (outer === undefined) return inner;
  const deny = [...outer.deny, ...inner.deny.filter((item) => !outer.deny.includes(item))];
  return { allow: inner.allow ?? outer.allow, deny };
}

function mergeLimits(outer: Limits | undefined, inner: Limits): Limits {
  return { ...outer, ...inner };
}

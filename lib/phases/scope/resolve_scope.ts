/**
 * From permissions to the effective scope of a phase.
 *
 * @module
 */

import type { PhaseName } from "../../types.ts";
import { permissionKey } from "./_permission_key.ts";
import { isWithin } from "./bwrap/mount.ts";
import { expandScopePath, PROFILE_ITEM } from "./expand_scope_path.ts";
import { mergePermissions } from "./merge_permissions.ts";
import type { Grant, PermissionKind, Permissions } from "./permissions.ts";
import { type Profile, profile } from "./profiles.ts";
import type { NameScope, PathScope, Scope, ScopeDirs } from "./scope.ts";
import { ScopeError } from "./scope_error.ts";

/**
 * Resolves permissions to the effective scope of a phase. Touches neither disk nor environment.
 *
 * A list is exact: these and no more, but for `${default}`, which stands for what the profile has.
 * What is denied wins over what is allowed, and over what is below it.
 *
 * @param layers Permissions, the project's before the operation's.
 *
 * @throws {ScopeError} A placeholder is unknown, or the network is asked for by host.
 *
 * @example Deny wins
 * ```ts
 * import assert from "node:assert/strict";
 * import { parsePermissions } from "runlit/parse-permissions";
 * import { resolveScope } from "runlit/resolve-scope";
 *
 * const dirs = { project: "/p", run: "/r/1", runs: "/r", home: "/h", tmp: "/tmp", cache: "/h/.cache" };
 * const permissions = parsePermissions({ read: { allow: ["/data", "/data/raw/a"], deny: ["/data/raw"] } });
 * const scope = resolveScope([permissions], "run", dirs);
 * assert.deepEqual(scope.read, { all: false, allow: ["/data"], deny: ["/data/raw"] });
 * ```
 */
export function resolveScope(
  layers: readonly Permissions[],
  phase: PhaseName,
  dirs: ScopeDirs,
): Scope {
  const asked = mergePermissions(layers, phase);
  const name = asked.profile ?? "default";
  const base = profile(name, phase);
  const explicit = KINDS.filter((kind) => asked[kind] !== undefined);
  const keyOf = (kind: PermissionKind) => (item: string) =>
    permissionKey(layers, phase, kind, item);
  const read = resolvePaths(asked.read, base.read === "disk", dirs, keyOf("read"));
  const write = resolvePaths(asked.write, base.write === "disk", dirs, keyOf("write"));
  const readsAll = asked.read?.allow === true;
  return {
    phase,
    profile: name,
    read,
    write: {
      ...write,
      caches: base.write === "cache" && keepsProfile(asked.write),
      run: !isEmptyGrant(asked.write) && !write.deny.includes(dirs.run),
    },
    net: resolveNet(asked.net, base, keyOf("net"), phase),
    env: {
      ...resolveNames(asked.env, base.env !== "base"),
      hidesSecrets: base.env === "secrets" && asked.env?.allow !== true,
    },
    run: resolveNames(asked.run, true),
    gpu: asked.gpu ?? base.gpu,
    debug: asked.debug ?? name === "open",
    limits: asked.limits ?? {},
    linked: [],
    hidesProject: base.hidesProject && !readsAll,
    hidesSecrets: base.hidesSecrets && !readsAll,
    hidesRuns: base.hidesRuns,
    open: name === "open" && explicit.length === 0 && asked.gpu !== false,
    asked,
    explicit,
  };
}

const KINDS: readonly PermissionKind[] = ["read", "write", "net", "env", "run"];

/** Whether a grant is `false`, or an empty list. */
function isEmptyGrant(grant: Grant | undefined): boolean {
  return Array.isArray(grant?.allow) && grant.allow.length === 0;
}

/** Whether a grant builds on what the profile has. */
function keepsProfile(grant: Grant | undefined): boolean {
  const allow = grant?.allow ?? null;
  return allow === null || (allow !== true && allow.includes(PROFILE_ITEM));
}

function resolvePaths(
  grant: Grant | undefined,
  profileHasAll: boolean,
  dirs: ScopeDirs,
  keyOf: (item: string) => string,
): PathScope {
  const expand = (items: readonly string[]) =>
    items.filter((item) => item !== PROFILE_ITEM)
      .map((item) => expandScopePath(item, dirs, keyOf(item)))
      .filter((path) => path !== null);
  const listed = grant?.allow ?? null;
  const deny = expand(grant?.deny ?? []);
  const allow = expand(listed === null || listed === true ? [] : listed);
  const all = listed === true || allow.includes("/") || (profileHasAll && keepsProfile(grant));
  return {
    all,
    allow: allow.filter((path) => path !== "/" && !deny.some((denied) => isWithin(path, denied))),
    deny,
  };
}

function resolveNames(grant: Grant | undefined, profileHasAll: boolean): NameScope {
  const listed = grant?.allow ?? null;
  return {
    all: listed === true || (profileHasAll && keepsProfile(grant)),
    allow: listed === null || listed === true ? [] : listed.filter((item) => item !== PROFILE_ITEM),
    deny: grant?.deny ?? [],
  };
}

function resolveNet(
  grant: Grant | undefined,
  base: Profile,
  keyOf: (item: string) => string,
  phase: PhaseName,
): Scope["net"] {
  const listed = grant?.allow ?? null;
  const names = listed === null || listed === true ? [] : listed;
  const hosts = [...names, ...grant?.deny ?? []].filter((name) =>
    name !== PROFILE_ITEM && name !== "unix"
  );
  if (hosts.length > 0) throw byHost(hosts, keyOf(hosts[0]), phase);
  const all = listed === true || (base.net && keepsProfile(grant));
  return {
    all,
    unix: (all || names.includes("unix")) && !(grant?.deny ?? []).includes("unix"),
  };
}

/** Nothing here can let through some hosts only, and more than was asked for is never granted. */
function byHost(hosts: readonly string[], key: string, phase: PhaseName): ScopeError {
  const isOwn = key.startsWith(`permissions.${phase}.`);
  return new ScopeError(
    `Cannot scope the network${isOwn ? ` of phase '${phase}'` : ""} to hosts ` +
      `(${hosts.map((host) => `'${host}'`).join(", ")}): it is all or nothing; ` +
      `write ${key} = true or ${key} = false`,
    key,
    isOwn ? phase : undefined,
  );
}

/**
 * Reads `permissions` of an operation or a project.
 *
 * @module
 */

import { suggest } from "../../suggest.ts";
import type { PhaseName } from "../../types.ts";
import { parseLimits } from "./_parse_limits.ts";
import type {
  Grant,
  PermissionKind,
  Permissions,
  PhasePermissions,
  ProfileName,
} from "./permissions.ts";
import { ScopeError } from "./scope_error.ts";

/** Names of the profiles. */
export const PROFILES: readonly ProfileName[] = ["default", "strict", "open"];

/** Phases by the names that a project file may call them. */
export const PHASE_KEYS: Readonly<Record<string, PhaseName>> = {
  "sourcecode": "sourcecode",
  "stage-sourcecode": "sourcecode",
  "copy-sourcecode": "sourcecode",
  "runtime": "runtime",
  "stage-runtime": "runtime",
  "dependencies": "dependencies",
  "stage-dependencies": "dependencies",
  "copy-deps": "dependencies",
  "run": "run",
  "finalize": "finalize",
};

const KINDS: readonly PermissionKind[] = ["read", "write", "net", "env", "run"];
const KEYS = ["profile", ...KINDS, "gpu", "debug", "limits"];
const PHASES = ["sourcecode", "runtime", "dependencies", "run", "finalize"];

/** Options of {@link parsePermissions}. */
export interface ParsePermissionsOptions {
  /** What has the permissions, for messages: `operation 'train'`. Default: nothing is said. */
  where?: string;
}

/**
 * Reads permissions: the name of a profile, or a table.
 *
 * | key | value |
 * |---|---|
 * | `profile` | `"default"`, `"strict"` or `"open"`: what the rest starts from |
 * | `read`, `write` | true, false, a list of paths and globs, or `{ allow, deny }` |
 * | `net` | true, false, or `["unix"]`: no network, but sockets in files |
 * | `env` | true, false, or a list of names such as `"PARAM_*"` |
 * | `run` | programs that are visible; in a phase's table only |
 * | `gpu`, `debug` | true or false |
 * | `limits` | `time grace memory processes file-size output disk files` |
 * | a phase | the same for this phase: `sourcecode runtime dependencies run finalize` |
 *
 * @throws {ScopeError} A key is unknown (with the nearest), a value is of the wrong kind, or an item
 * of a list is empty.
 *
 * @example A profile for one phase, with the network
 * ```ts
 * import assert from "node:assert/strict";
 * import { parsePermissions } from "runlit/parse-permissions";
 *
 * const permissions = parsePermissions({ run: { profile: "strict", net: true } });
 * assert.equal(permissions.phases.run?.profile, "strict");
 * assert.deepEqual(permissions.phases.run?.net, { allow: true, deny: [] });
 * assert.throws(() => parsePermissions({ run: { nte: true } }), /did you mean 'net'/);
 * ```
 */
export function parsePermissions(
  value: unknown,
  options: ParsePermissionsOptions = {},
): Permissions {
  const where = options.where === undefined ? "" : ` of ${options.where}`;
  if (value === undefined || value === null) return { all: {}, phases: {} };
  if (typeof value === "string") {
    return { all: { profile: parseProfile(value, "permissions", where) }, phases: {} };
  }
  if (!isTable(value)) throw wrongKind("permissions", where, "the name of a profile or a table");
  const all: Record<string, unknown> = {};
  const phases: { [phase in PhaseName]?: PhasePermissions } = {};
  for (const [key, item] of Object.entries(value)) {
    const phase = Object.hasOwn(PHASE_KEYS, key) ? PHASE_KEYS[key] : undefined;
    if (phase === undefined) {
      all[key] = item;
    } else if (phases[phase] !== undefined) {
      throw new ScopeError(`'permissions.${key}'${where} names the phase '${phase}' again`, key);
    } else {
      phases[phase] = parsePhase(item, `permissions.${key}`, where);
    }
  }
  return { all: parseTable(all, "permissions", where, true), phases };
}

function parsePhase(value: unknown, key: string, where: string): PhasePermissions {
  if (typeof value === "string") return { profile: parseProfile(value, key, where) };
  if (isTable(value)) return parseTable(value, key, where, false);
  const example = key === "permissions.run"
    ? `: it is the phase, whose programs are 'permissions.run.run'`
    : "";
  throw wrongKind(key, where, `the name of a profile or a table${example}`);
}

function parseTable(
  table: Readonly<Record<string, unknown>>,
  prefix: string,
  where: string,
  isTop: boolean,
): PhasePermissions {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(table)) {
    const key = `${prefix}.${name}`;
    if (name === "profile") result.profile = parseProfile(value, key, where);
    else if (name === "limits") result.limits = parseLimits(value, key, where);
    else if (name === "gpu" || name === "debug") {
      if (typeof value !== "boolean") throw wrongKind(key, where, "true or false");
      result[name] = value;
    } else if (KINDS.includes(name as PermissionKind)) result[name] = parseGrant(value, key, where);
    else throw unknownKey(name, key, where, isTop);
  }
  return result;
}

function parseProfile(value: unknown, key: string, where: string): ProfileName {
  if (PROFILES.includes(value as ProfileName)) return value as ProfileName;
  const near = typeof value === "string" ? suggest(value, PROFILES) : null;
  throw new ScopeError(
    `Unknown profile ${JSON.stringify(value)} in '${key}'${where}` +
      (near === null ? `: the profiles are ${PROFILES.join(", ")}` : `: did you mean '${near}'?`),
    key,
  );
}

function parseGrant(value: unknown, key: string, where: string): Grant {
  refuseEmpty(value, key, where);
  const simple = parseAllow(value);
  if (simple !== undefined) return { allow: simple, deny: [] };
  if (!isTable(value)) throw wrongKind(key, where, "true, false, a list or { allow, deny }");
  const unknown = Object.keys(value).find((name) => name !== "allow" && name !== "deny");
  if (unknown !== undefined) throw unknownKey(unknown, `${key}.${unknown}`, where, null);
  for (const list of ["allow", "deny"]) refuseEmpty(value[list], `${key}.${list}`, where);
  const allow = value.allow === undefined ? null : parseAllow(value.allow);
  if (allow === undefined) throw wrongKind(`${key}.allow`, where, "true, false or a list");
  const deny = value.deny === undefined ? [] : value.deny;
  if (!isList(deny)) throw wrongKind(`${key}.deny`, where, "a list");
  return { allow, deny };
}

/** What is empty was to be something: a variable in a template, or the rest of a line. */
function refuseEmpty(value: unknown, key: string, where: string): void {
  if (!Array.isArray(value)) return;
  const index = value.findIndex((item) => typeof item === "string" && item.trim() === "");
  if (index < 0) return;
  const item = JSON.stringify(value[index]);
  throw new ScopeError(
    `'${key}'${where} has an empty item, ${item}: take it out, or say what it stands for`,
    key,
  );
}

function parseAllow(value: unknown): true | readonly string[] | undefined {
  if (value === true) return true;
  if (value === false) return [];
  return isList(value) ? value : undefined;
}

function unknownKey(name: string, key: string, where: string, top: boolean | null): ScopeError {
  const keys = top === null ? ["allow", "deny"] : top ? [...KEYS, ...PHASES] : KEYS;
  const near = suggest(name, keys) ?? (top === null ? null : MEANT[name] ?? null);
  return new ScopeError(
    `Unknown key '${key}'${where}` +
      (near === null ? `: the keys are ${keys.join(", ")}` : `: did you mean '${near}'?`),
    key,
  );
}

/** Words that people use for what is called differently here. */
const MEANT: Readonly<Record<string, string>> = {
  timeout: "limits.time",
  time: "limits.time",
  memory: "limits.memory",
  processes: "limits.processes",
  output: "limits.output",
  disk: "limits.disk",
  files: "read",
  network: "net",
  internet: "net",
  variables: "env",
  devices: "gpu",
  cuda: "gpu",
  exec: "run",
  programs: "run",
  main: "run",
};

function wrongKind(key: string, where: string, expected: string): ScopeError {
  return new ScopeError(`'${key}'${where} has to be ${expected}`, key);
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

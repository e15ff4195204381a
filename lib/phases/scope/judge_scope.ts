/**
 * What of a scope is enforced, by what, and what is not.
 *
 * @module
 * @internal
 */

import type { JsonObject, JsonValue } from "../../types.ts";
import { gpuDevices } from "./bwrap/gpu_devices.ts";
import type { Bwrap, NoBwrap } from "./bwrap/probe_bwrap.ts";
import { isWithin } from "./bwrap/mount.ts";
import { hasSeccompFilter } from "./bwrap/seccomp_filter.ts";
import type { HiddenPath } from "./hidden_paths.ts";
import { LIMIT_KEYS } from "./scope_limits.ts";
import type { LimitPlan } from "./limit_plan.ts";
import type { Limits } from "./permissions.ts";
import type { Scope, ScopeDirs } from "./scope.ts";
import type { WithheldVariable } from "./scope_env.ts";
import type { ScopePolicy } from "./scope_policy.ts";
import type { Enforced, ScopeRecord, Unenforced } from "./scope_record.ts";

/** What {@link judgeScope} has to know. */
export interface ScopeFacts {
  scope: Scope;
  policy: ScopePolicy;
  probed: Bwrap | NoBwrap;
  limits: LimitPlan;
  withheld: readonly WithheldVariable[];
  hidden: readonly HiddenPath[];
  dirs: ScopeDirs;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether the project is not hidden because the home is inside of it. */
  holdsHome: boolean;
  /** Directory of device nodes. */
  devRoot?: string;
}

/** What {@link judgeScope} returns. */
export interface ScopeJudgement {
  readonly record: ScopeRecord;
  readonly warnings: readonly string[];
  /** Why a policy of `require` is not met; null if it is. */
  readonly failure: string | null;
}

/** Judges a scope by what there is to enforce it. */
export function judgeScope(facts: ScopeFacts): ScopeJudgement {
  const { scope, policy, probed, limits, withheld, hidden } = facts;
  const enforced: Enforced[] = [];
  const unenforced: Unenforced[] = [];
  const layers: string[] = [];
  const warnings: string[] = [];
  let missing: string | null = null;
  if (!scope.open) {
    const filter = hasSeccompFilter();
    if ("reason" in probed) {
      missing = `${probed.reason}; ${probed.remedy}`;
      for (const permission of asks(scope)) unenforced.push({ permission, reason: probed.reason });
      warnings.push(`Phase '${scope.phase}' is not scoped: ${missing}`);
    } else {
      const by = `bubblewrap ${probed.version}`;
      layers.push(by, ...(filter ? ["seccomp"] : []));
      for (const permission of asks(scope)) {
        const but = gap(permission, scope);
        enforced.push({ permission, by, ...(but === null ? {} : { but }) });
      }
      if (facts.holdsHome) {
        const reason = "the project holds the home directory, so that it is not hidden";
        unenforced.push({ permission: "read", reason });
        warnings.push(`Phase '${scope.phase}' sees the project: ${reason}`);
      }
      if (!filter) {
        unenforced.push({
          permission: "system calls",
          reason: `no filter is known for the architecture '${process.arch}'`,
        });
      }
      if (!probed.locksDevices && (probed.devices === null || hasGpu(facts))) {
        unenforced.push({
          permission: "device modes",
          reason: "root may change the modes of device nodes on the host: run as another user",
        });
      }
    }
    if (withheld.length > 0 || !scope.env.all) enforced.push({ permission: "env", by: "runlit" });
  }
  enforced.push(...limits.enforced);
  unenforced.push(...limits.unenforced);
  if (enforced.some(({ by }) => by === "runlit")) layers.push("runlit");
  if (limits.cgroup !== null) layers.push("control group");
  warnings.push(
    ...limits.unenforced.map(({ permission, reason }) =>
      `'${permission}' of phase '${scope.phase}' is not enforced: ${reason}`
    ),
    ...environmentWarnings(facts),
  );
  return {
    record: {
      policy,
      profile: scope.profile,
      asked: scope.asked as unknown as JsonObject,
      permissions: describeScope(scope),
      layers,
      enforced,
      unenforced,
      withheld: {
        variables: withheld.map(({ name }) => name),
        paths: hidden.filter(({ isPrecaution }) => !isPrecaution).map(({ path }) => path),
      },
    },
    warnings,
    failure: failureOf(scope, missing, limits),
  };
}

/** Whether the phase gets device nodes of the host whatever it has of its own. */
function hasGpu({ scope, devRoot }: ScopeFacts): boolean {
  return scope.gpu && gpuDevices({ root: devRoot }).length > 0;
}

/** The kinds of permission that a scope does not grant in full. */
function asks({ read, write, net, run, hidesProject, hidesRuns, hidesSecrets }: Scope): string[] {
  const kinds: string[] = [];
  const hides = hidesProject || hidesRuns || hidesSecrets;
  if (!read.all || read.deny.length > 0 || hides) kinds.push("read");
  if (!write.all || write.deny.length > 0) kinds.push("write");
  if (!net.all) kinds.push("net");
  if (!run.all || run.deny.length > 0) kinds.push("run");
  return kinds;
}

/** What enforcement leaves open, so that nobody takes it for more than it is. */
function gap(permission: string, scope: Scope): string | null {
  if (permission === "run") {
    const which = scope.run.all ? "programs that are denied" : "other programs";
    return `${which} are hidden, but what is visible may bring and start its own`;
  }
  if (permission === "read" && scope.net.all) {
    return "abstract sockets of this host can be reached, as its network can";
  }
  return null;
}

function failureOf(scope: Scope, missing: string | null, limits: LimitPlan): string | null {
  const hint = "or let it run unscoped with '--scope prefer'";
  if (missing !== null) {
    return `Cannot scope phase '${scope.phase}' as required: ${missing}, ${hint}`;
  }
  const [limit] = limits.unenforced;
  return limit === undefined
    ? null
    : `Cannot enforce '${limit.permission}' of phase '${scope.phase}' as required: ${limit.reason}; ` +
      `leave it out, ${hint}`;
}

/** What users run into first: an environment inside of the project that the phase does not see. */
function environmentWarnings({ scope, dirs, env, hidden }: ScopeFacts): string[] {
  const { project } = dirs;
  if (project === undefined || !hidden.some(({ why }) => why === "project")) return [];
  return ["VIRTUAL_ENV", "CONDA_PREFIX"].flatMap((name) => {
    const prefix = env[name];
    if (prefix === undefined || !isWithin(prefix, project)) return [];
    if (scope.read.allow.some((path) => isWithin(prefix, path))) return [];
    const place = "${project}" + prefix.slice(project.length);
    return [
      `${name} '${prefix}' is inside the project, which phase '${scope.phase}' does not see: ` +
      "make the environment in phase 'runtime', or allow it: " +
      `permissions.${scope.phase}.read = ["\${default}", "${place}"]`,
    ];
  });
}

/** The effective scope as data: for the record, and for who wants to see it. */
export function describeScope(scope: Scope): JsonObject {
  const { read, write, net, env, run, gpu, debug } = scope;
  const except = [
    ...(scope.hidesProject ? ["the project"] : []),
    ...(scope.hidesRuns ? ["other runs"] : []),
    ...(scope.hidesSecrets ? ["secrets"] : []),
  ];
  const own = [
    ...(write.run ? ["run directory"] : []),
    "private tmp",
    ...(write.caches ? ["caches"] : []),
  ];
  return {
    read: {
      all: read.all,
      allow: read.all ? read.allow : ["system", "run directory", ...read.allow],
      except,
      deny: read.deny,
      ...(scope.linked.length === 0 ? {} : { linked: scope.linked }),
    },
    write: { all: write.all, allow: write.all ? [] : [...own, ...write.allow], deny: write.deny },
    net: net.all ? true : net.unix ? ["unix"] : false,
    env: {
      all: env.all,
      allow: env.all ? env.allow : ["basic variables", ...env.allow],
      except: env.hidesSecrets ? ["secrets"] : [],
      deny: env.deny,
    },
    run: { all: run.all, allow: run.allow, deny: run.deny },
    gpu,
    debug,
    limits: describeLimits(scope.limits),
  } as JsonValue as JsonObject;
}

function describeLimits(limits: Limits): JsonObject {
  return Object.fromEntries(
    Object.entries(limits).filter(([, value]) => value !== null)
      .map(([field, value]) => [LIMIT_KEYS[field as keyof Limits], value as number]),
  );
}

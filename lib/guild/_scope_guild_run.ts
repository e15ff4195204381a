/**
 * Scopes of runs in Guild's layout.
 *
 * @module
 */

import { join } from "node:path";
import { decodeGuildOpRef } from "../meta/guild/guild_opref.ts";
import { readOpdef } from "../meta/read_opdef.ts";
import type { Permissions } from "../phases/scope/permissions.ts";
import type { ScopePlan } from "../phases/scope/plan_scope.ts";
import type { ScopePolicy } from "../phases/scope/scope_policy.ts";
import { type GuildRun, writeFile } from "./guild_run.ts";

/** How a run is to be scoped. */
export interface GuildScopeOptions {
  /** How permissions are enforced. Default: `prefer` where there are permissions, else not at all. */
  readonly scope?: ScopePolicy;
  /** Permissions of the project; those of the operation are added. Default: none. */
  readonly permissions?: readonly Permissions[];
  /** Is given each warning. */
  readonly onWarning?: (message: string) => void;
}

/** What a scope has to know of a run. */
export interface ScopedGuildRun {
  /** Text of the run's reference to its operation. */
  readonly opref: string;
  /** Whether the layout is that of 2019, which has no place for the record of a scope. */
  readonly isOld: boolean;
  /** Names of the variables that are the run's own. */
  readonly own: readonly string[];
}

/**
 * Plans the scope of a run's command, and records it in `scope.json`. Null when nobody asked for one.
 *
 * In the layout of 2019 a script may be run where it is: then the project is not hidden from it.
 *
 * @throws {ScopeError} The permissions make no sense, or cannot be enforced and have to be.
 */
export async function scopeGuildRun(
  run: GuildRun,
  { opref, isOld, own }: ScopedGuildRun,
  options: GuildScopeOptions,
): Promise<ScopePlan | null> {
  const { scope: policy = null, permissions = [] } = options;
  if (policy === "off") return null;
  const metaDir = join(run.runDir, ".guild");
  const opdef = await readOpdef(metaDir);
  const asked = opdef.data.permissions !== undefined || permissions.length > 0;
  if (policy === null && !asked) return null;
  // Loaded here: a run that is not scoped does not pay for it.
  const { addScopeRecord, planScope, readPermissions } = await import("../phases/scope/scoping.ts");
  const { type, name } = decodeGuildOpRef(opref);
  const plan = await planScope({
    phase: "run",
    run: { runDir: run.runDir, metaDir },
    permissions: [...permissions, ...readPermissions(opdef)],
    policy,
    projectDir: type === "script" && !isOld ? name : undefined,
    ownEnv: own,
  });
  for (const warning of plan.warnings) options.onWarning?.(warning);
  if (plan.record !== null && !isOld) {
    writeFile(run, "scope.json", addScopeRecord(null, "run", plan.record));
  }
  return plan;
}

/**
 * Whether phases are scoped where that is not possible, or at all.
 *
 * @module
 */

import { suggest } from "../../suggest.ts";
import { ScopeError } from "./scope_error.ts";

/**
 * `require`: a phase that cannot be scoped is not started. `prefer`: it is started with a warning.
 * `off`: no phase is scoped.
 */
export type ScopePolicy = "require" | "prefer" | "off";

/** The policies. */
export const SCOPE_POLICIES: readonly ScopePolicy[] = ["require", "prefer", "off"];

/** Where a policy may come from, the strongest first. */
export interface ScopePolicySources {
  /** Of the command line: `--scope`. */
  readonly flag?: string;
  /** Environment, for `RUNLIT_SCOPE`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Settings of the project file, for `$scope`. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Returns the policy that was asked for, or null.
 *
 * @throws {ScopeError} There is no such policy.
 *
 * @example The command line wins
 * ```ts
 * import assert from "node:assert/strict";
 * import { scopePolicy } from "runlit/scope-policy";
 *
 * assert.equal(scopePolicy({ flag: "off", env: { RUNLIT_SCOPE: "require" } }), "off");
 * assert.equal(scopePolicy({ settings: { scope: "require" } }), "require");
 * assert.equal(scopePolicy({}), null);
 * ```
 */
export function scopePolicy(sources: ScopePolicySources): ScopePolicy | null {
  const { flag, env = {}, settings = {} } = sources;
  const named: readonly [unknown, string][] = [
    [flag, "--scope"],
    [env.RUNLIT_SCOPE, "RUNLIT_SCOPE"],
    [settings.scope, "$scope"],
  ];
  for (const [value, where] of named) {
    if (value === undefined || value === "") continue;
    if (SCOPE_POLICIES.includes(value as ScopePolicy)) return value as ScopePolicy;
    const near = typeof value === "string" ? suggest(value, SCOPE_POLICIES) : null;
    throw new ScopeError(
      `Unknown policy ${JSON.stringify(value)} in '${where}'` +
        (near === null
          ? `: the policies are ${SCOPE_POLICIES.join(", ")}`
          : `: did you mean '${near}'?`),
      where,
    );
  }
  return null;
}

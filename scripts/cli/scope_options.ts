/**
 * How commands let phases be scoped.
 *
 * @module
 */

import type { Command } from "commander";
import type { PhaseOptions } from "../../lib/run/phase_options.ts";
import type { OpDef } from "../../lib/types.ts";
import { warn } from "./print.ts";
import type { Workspace } from "./workspace.ts";

/** The option that says how scopes are enforced. */
export interface ScopeOptions {
  scope?: string;
}

/** Adds the option to a command. */
export function addScopeOption(command: Command): Command {
  return command.option(
    "--scope <policy>",
    "enforcement of permissions: require, prefer or off (default: prefer)",
  );
}

/**
 * What phases are to be told: the command line always asks for scopes. The policy is that of the
 * option, else of `RUNLIT_SCOPE`, else of the project's `$scope`.
 *
 * @param opdef Operation whose permissions are to be checked before anything is made.
 *
 * @throws {ScopeError} There is no such policy, or permissions of the project, or of the operation,
 * make no sense.
 */
export async function scopeOf(
  options: ScopeOptions,
  workspace: Workspace,
  opdef?: OpDef,
): Promise<Pick<PhaseOptions, "scope" | "permissions" | "onWarning">> {
  const { checkPermissions, readPermissions, scopePolicy } = await import(
    "../../lib/phases/scope/scoping.ts"
  );
  const settings = workspace.project?.settings ?? {};
  const scope = scopePolicy({ flag: options.scope, env: process.env, settings }) ?? "prefer";
  if (scope === "off") return { scope, onWarning: warnOnce };
  if (opdef !== undefined) checkPermissions(readPermissions(opdef, settings));
  // Those of the operation are added by each phase.
  return {
    scope,
    permissions: readPermissions({ name: "", data: {} }, settings),
    onWarning: warnOnce,
  };
}

const said = new Set<string>();

/** Every phase would say the same of a machine that cannot enforce scopes. */
function warnOnce(message: string): void {
  const same = message.replace(/^Phase '\w+' is not scoped/, "");
  if (!said.has(same)) warn(message);
  said.add(same);
}

/**
 * `runlit scope`: shows what the phases of an operation may do.
 *
 * @module
 */

import { join } from "node:path";
import type { Command } from "commander";
import { planScope, type ScopePlan } from "../../lib/phases/scope/plan_scope.ts";
import { readPermissions } from "../../lib/phases/scope/read_permissions.ts";
import { scopePolicy } from "../../lib/phases/scope/scope_policy.ts";
import { getOperation } from "../../lib/project/get_operation.ts";
import { suggest } from "../../lib/suggest.ts";
import type { PhaseName } from "../../lib/types.ts";
import { formatScope } from "../cli/format_scope.ts";
import { PHASES } from "../cli/phase_names.ts";
import { print, warn } from "../cli/print.ts";
import { addScopeOption, type ScopeOptions } from "../cli/scope_options.ts";
import { UsageError } from "../cli/usage_error.ts";
import {
  addWorkspaceOptions,
  openWorkspace,
  requireProject,
  type WorkspaceOptions,
} from "../cli/workspace.ts";

interface ShowScopeOptions extends WorkspaceOptions, ScopeOptions {
  json?: true;
}

export function define(command: Command): void {
  addScopeOption(addWorkspaceOptions(
    command
      .argument("[operation]", "operation of the project; the default one if left out")
      .argument("[phase]", `one of ${PHASES.join(", ")}; all of them if left out`),
  ))
    .option("--json", "print an object, the phases by name")
    .action(showScope);
}

async function showScope(
  name: string | undefined,
  phase: string | undefined,
  options: ShowScopeOptions,
): Promise<void> {
  const workspace = await openWorkspace(options, { quiet: true });
  const { settings, ...project } = await requireProject(workspace);
  const opdef = getOperation({ ...project, settings }, name);
  const policy = scopePolicy({ flag: options.scope, env: process.env, settings }) ?? "prefer";
  const { runsDir, location } = workspace;
  const plans: ScopePlan[] = [];
  const warnings = new Set<string>();
  for (const each of phase === undefined ? PHASES : [checkPhase(phase)]) {
    const plan = await planScope({
      phase: each,
      // No run is made for it: any directory that one could have will do.
      run: { runDir: join(runsDir, "run") },
      permissions: readPermissions(opdef, settings),
      policy,
      runsDir,
      projectDir: location.dir,
    });
    plan.warnings.forEach((warning) => warnings.add(warning));
    plans.push(plan);
  }
  for (const warning of warnings) warn(warning);
  if (options.json) {
    const records = plans.map(({ scope, record }) => [scope.phase, record ?? undefined]);
    return print(JSON.stringify(Object.fromEntries(records)));
  }
  if (policy === "off") return print("Nothing is scoped: the policy is 'off'");
  for (const plan of plans) formatScope(plan).forEach((line) => print(line));
}

function checkPhase(name: string): PhaseName {
  if (PHASES.includes(name as PhaseName)) return name as PhaseName;
  const near = suggest(name, PHASES);
  throw new UsageError(
    `There is no phase '${name}'` +
      (near === null ? `: the phases are ${PHASES.join(", ")}` : `: did you mean '${near}'?`),
  );
}

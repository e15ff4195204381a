/**
 * Puts a scope around the command of a phase, and records it.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { runMetaDir, runMetaPath } from "../meta/run_paths.ts";
import { logRunner } from "../meta/runner_log.ts";
import type { ScopePlan } from "../phases/scope/plan_scope.ts";
import type { Command, OpDef, PhaseName, Run } from "../types.ts";
import { readDependencyRecord } from "./_dependency_record.ts";
import { linkedPaths } from "./_linked_paths.ts";
import { runsDirOf } from "./_runs_dir_of.ts";
import { projectOf } from "./associate_project.ts";
import type { PhaseOptions } from "./phase_options.ts";

/** What a scope has to know of a phase beside the options. */
export interface ScopedPhase {
  readonly opdef: OpDef;
  readonly phase: PhaseName;
  readonly projectDir?: string;
  /** Names of the variables that are the run's or the command's own. */
  readonly own: readonly string[];
  readonly command: Command;
}

/**
 * Plans the scope of a phase's command, and records it in the run's meta. Null when nobody asked for
 * one: neither the caller nor the operation.
 *
 * @throws {ScopeError} The permissions make no sense, or cannot be enforced and have to be.
 */
export async function scopePhase(
  run: Run,
  { opdef, phase, projectDir, own, command }: ScopedPhase,
  options: PhaseOptions,
): Promise<ScopePlan | null> {
  const { scope: policy = null, permissions = [] } = options;
  if (!isScopeAsked(opdef, options)) return null;
  // Loaded here: a run that is not scoped does not pay for it.
  const { addScopeRecord, planScope, readPermissions, SCOPE_FILE } = await import(
    "../phases/scope/scoping.ts"
  );
  const warn = (warning: string) => {
    logRunner(run, `Warning: ${warning}`);
    options.onWarning?.(warning);
  };
  const linked = linkedPaths(readDependencyRecord(run));
  const plan = await planScope({
    phase,
    run: { runDir: run.runDir, metaDir: runMetaDir(run) },
    permissions: [...permissions, ...readPermissions(opdef)],
    policy,
    runsDir: runsDirOf(run),
    projectDir: projectDir ?? await projectOf(run) ?? undefined,
    ownEnv: own,
    linked: linked.paths,
    command,
    onWarning: warn,
  });
  for (const warning of [...plan.warnings, ...linked.warnings]) warn(warning);
  if (plan.record !== null) {
    const path = runMetaPath(run, ...SCOPE_FILE);
    writeFileAtomicSync(path, addScopeRecord(readText(path), phase, plan.record), { mode: 0o444 });
  }
  return plan;
}

/** Whether anybody asks for phases to be scoped: the caller or the operation. */
export function isScopeAsked(opdef: OpDef, { scope, permissions = [] }: PhaseOptions): boolean {
  if (scope !== undefined) return scope !== "off";
  return opdef.data.permissions !== undefined || permissions.length > 0;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

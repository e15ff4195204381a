/**
 * `runlit stage`: stages runs.
 *
 * @module
 */

import type { Command } from "commander";
import { projectOf } from "../../lib/run/associate_project.ts";
import { stage } from "../cli/carry_out.ts";
import { findRuns } from "../cli/find_runs.ts";
import { print } from "../cli/print.ts";
import { addScopeOption, scopeOf, type ScopeOptions } from "../cli/scope_options.ts";
import {
  addDurabilityOption,
  addWorkspaceOptions,
  openWorkspace,
  type WorkspaceOptions,
} from "../cli/workspace.ts";

interface StageOptions extends WorkspaceOptions, ScopeOptions {
  null?: true;
}

export function define(command: Command): void {
  addScopeOption(
    addDurabilityOption(
      addWorkspaceOptions(command.argument("[runs...]", "runs, or on standard input")),
    ),
  )
    .option("-0, --null", "IDs on standard input end with NUL")
    .action(stageRuns);
}

async function stageRuns(args: string[], options: StageOptions): Promise<void> {
  const workspace = await openWorkspace(options);
  const scope = await scopeOf(options, workspace);
  for (const run of await findRuns(workspace, args, { nul: options.null })) {
    await stage(run, (await projectOf(run)) ?? workspace.location.dir, scope);
    print(run.id);
  }
}

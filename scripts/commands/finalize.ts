/**
 * `runlit finalize`: finalizes runs that are over.
 *
 * @module
 */

import type { Command } from "commander";
import { seal } from "../cli/carry_out.ts";
import { findRuns } from "../cli/find_runs.ts";
import { print } from "../cli/print.ts";
import { addScopeOption, scopeOf, type ScopeOptions } from "../cli/scope_options.ts";
import {
  addDurabilityOption,
  addWorkspaceOptions,
  openWorkspace,
  type WorkspaceOptions,
} from "../cli/workspace.ts";

interface FinalizeOptions extends WorkspaceOptions, ScopeOptions {
  null?: true;
}

export function define(command: Command): void {
  addScopeOption(
    addDurabilityOption(
      addWorkspaceOptions(
        command.argument("[runs...]", "runs that are over, or on standard input"),
      ),
    ),
  )
    .option("-0, --null", "IDs on standard input end with NUL")
    .action(finalize);
}

async function finalize(args: string[], options: FinalizeOptions): Promise<void> {
  const workspace = await openWorkspace(options);
  const scope = await scopeOf(options, workspace);
  for (const run of await findRuns(workspace, args, { nul: options.null })) {
    await seal(run, scope);
    print(run.id);
  }
}

/**
 * `runlit make`: makes runs of operations.
 *
 * @module
 */

import type { Command } from "commander";
import { getOperation } from "../../lib/project/get_operation.ts";
import { operationRef } from "../../lib/project/plan_run.ts";
import { associateProject } from "../../lib/run/associate_project.ts";
import { makeRun } from "../../lib/run/make_run.ts";
import { print } from "../cli/print.ts";
import {
  addDurabilityOption,
  addWorkspaceOptions,
  ensureRunsDir,
  openWorkspace,
  requireProject,
  type WorkspaceOptions,
} from "../cli/workspace.ts";

export function define(command: Command): void {
  addDurabilityOption(addWorkspaceOptions(
    command.argument("[operations...]", "operations to make a run of; the default one if left out"),
  ))
    .addHelpText(
      "after",
      "\nPrints the IDs of the runs:\n\n  runlit make train | runlit init lr=0.1 | runlit stage | runlit exec | runlit finalize\n",
    )
    .action(make);
}

async function make(names: string[], options: WorkspaceOptions): Promise<void> {
  const workspace = await openWorkspace(options, { quiet: true });
  const project = await requireProject(workspace);
  const { dir } = workspace.location;
  const wanted: (string | undefined)[] = names.length === 0 ? [undefined] : names;
  const ops = wanted.map((name) => getOperation(project, name));
  const runsDir = ensureRunsDir(workspace);
  for (const op of ops) {
    const run = await makeRun(runsDir, { opref: operationRef(dir, op) });
    await associateProject(run, dir);
    print(run.id);
  }
}

/**
 * `runlit init`: initializes the meta of runs.
 *
 * @module
 */

import type { Command } from "commander";
import { parseAssignments } from "../../lib/config/parse_assignments.ts";
import { getOperation } from "../../lib/project/get_operation.ts";
import { planRun } from "../../lib/project/plan_run.ts";
import { initRunMeta } from "../../lib/run/init_run_meta.ts";
import { findRuns } from "../cli/find_runs.ts";
import { print } from "../cli/print.ts";
import {
  addDurabilityOption,
  addWorkspaceOptions,
  openWorkspace,
  requireProject,
  type WorkspaceOptions,
} from "../cli/workspace.ts";

interface InitOptions extends WorkspaceOptions {
  label?: string;
  null?: true;
}

export function define(command: Command): void {
  addDurabilityOption(addWorkspaceOptions(
    command.argument("[words...]", "runs (or on standard input), and config values: key=value"),
  ))
    .option("-l, --label <text>", "label of the runs")
    .option("-0, --null", "IDs on standard input end with NUL")
    .action(init);
}

async function init(words: string[], options: InitOptions): Promise<void> {
  const workspace = await openWorkspace(options, { quiet: true });
  const project = await requireProject(workspace);
  const config = parseAssignments(words.filter((word) => word.includes("=")));
  const ids = words.filter((word) => !word.includes("="));
  for (const run of await findRuns(workspace, ids, { nul: options.null })) {
    const opdef = getOperation(project, run.opref?.name);
    const exclude = [workspace.runsDir];
    const { label } = options;
    await initRunMeta(
      run,
      await planRun(workspace.location.dir, opdef, { config, typed: true, label, exclude }),
    );
    print(run.id);
  }
}

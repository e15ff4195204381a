/**
 * `runlit exec`: executes staged runs.
 *
 * @module
 */

import type { Command } from "commander";
import { execute, exitCode } from "../cli/carry_out.ts";
import { findRuns } from "../cli/find_runs.ts";
import { parseDuration } from "../cli/parse_duration.ts";
import { print } from "../cli/print.ts";
import { addScopeOption, scopeOf, type ScopeOptions } from "../cli/scope_options.ts";
import {
  addDurabilityOption,
  addWorkspaceOptions,
  openWorkspace,
  type WorkspaceOptions,
} from "../cli/workspace.ts";

interface ExecOptions extends WorkspaceOptions, ScopeOptions {
  null?: true;
  timeLimit?: number;
}

export function define(command: Command): void {
  addScopeOption(
    addDurabilityOption(
      addWorkspaceOptions(command.argument("[runs...]", "staged runs, or on standard input")),
    ),
  )
    .option("-0, --null", "IDs on standard input end with NUL")
    .option("--time-limit <time>", "end the command after that time: 90s, 15min, 2h", parseDuration)
    .addHelpText(
      "after",
      "\nWhat the commands print goes to stderr. The exit code is that of the first command that failed.\n",
    )
    .action(execRuns);
}

async function execRuns(args: string[], options: ExecOptions): Promise<void> {
  const workspace = await openWorkspace(options);
  const scope = await scopeOf(options, workspace);
  let failed = 0;
  for (const run of await findRuns(workspace, args, { nul: options.null })) {
    const result = await execute(run, {
      ...scope,
      output: "stderr",
      timeLimit: options.timeLimit,
    });
    failed ||= exitCode(result);
    print(run.id);
    if (result.reason === "aborted") break;
  }
  process.exitCode = failed || process.exitCode;
}

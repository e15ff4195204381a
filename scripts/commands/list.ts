/**
 * `runlit list`: lists runs.
 *
 * @module
 */

import type { Command } from "commander";
import { isBatch } from "../../lib/batch/batch.ts";
import { NotFoundError } from "../../lib/errors.ts";
import { batchTrials } from "../../lib/store/batch_trials.ts";
import { readRunInfo, type RunInfo } from "../../lib/store/read_run_info.ts";
import { selectRun } from "../../lib/store/select_run.ts";
import { RUN_COLUMNS, runRow } from "../../repl/display/run_table.ts";
import { readRuns } from "../cli/find_runs.ts";
import { note, print, warn } from "../cli/print.ts";
import { formatTable, terminalWidth } from "../cli/table.ts";
import { UsageError } from "../cli/usage_error.ts";
import { addWorkspaceOptions, openWorkspace, type WorkspaceOptions } from "../cli/workspace.ts";

interface ListOptions extends WorkspaceOptions {
  all?: true;
  limit: number;
  json?: true;
  batch?: string;
}

export function define(command: Command): void {
  addWorkspaceOptions(command)
    .option("-n, --limit <count>", "list that many of the newest runs", count, 20)
    .option("-a, --all", "list all runs")
    .option("--batch <run>", "list the trials of a batch")
    .option("--json", "print an object per line")
    .addHelpText(
      "after",
      "\nOn a terminal runs are a table; elsewhere fields are separated by tabs: number, name,\n" +
        "operation, start (ISO 8601), status, and label with metrics, attributes and config.\n",
    )
    .action(list);
}

function count(text: string): number {
  if (/^[0-9]+$/.test(text)) return Number(text);
  throw new UsageError(`'${text}' is not a number of runs`);
}

async function list(options: ListOptions): Promise<void> {
  const workspace = await openWorkspace(options);
  const { runs: all, warnings } = await readRuns(workspace);
  for (const { message } of warnings) warnOnce(message);
  const runs = options.batch === undefined ? all : trialsOf(all, options.batch);
  const shown = options.all ? runs : runs.slice(0, options.limit);
  // Config and summary are read for the runs that are shown, which may be few of many.
  const infos = await Promise.all(shown.map(details));

  if (options.json) {
    for (const info of infos) print(JSON.stringify(listJson(info)));
    return;
  }
  const width = terminalWidth();
  if (infos.length > 0) {
    // The number is the run's place among all runs, by which other commands know it.
    const places = new Map(all.map((run, i) => [run, i + 1]));
    const rows = infos.map((run, i) =>
      runRow(run, places.get(shown[i])!, width === undefined ? null : Date.now())
    );
    print(formatTable(RUN_COLUMNS, rows, { width }));
  } else if (options.batch !== undefined) {
    note(`Batch '${options.batch}' has no runs of trials yet`);
  } else note(`There are no runs in '${workspace.runsDir}'`);
  if (shown.length < runs.length) note(`${shown.length} of ${runs.length} runs; --all lists them`);
}

function trialsOf(runs: readonly RunInfo[], batch: string): RunInfo[] {
  const run = selectRun(runs, batch);
  if (!isBatch(run)) {
    throw new NotFoundError(`Run '${run.name}' is not a batch: it has no trials`, run.runDir);
  }
  const ids = new Set(batchTrials(run));
  return runs.filter((run) => ids.has(run.id));
}

const said = new Set<string>();

/** A run is looked at twice, and what is wrong with it is said once. */
function warnOnce(message: string): void {
  if (!said.has(message)) warn(message);
  said.add(message);
}

async function details(run: RunInfo): Promise<RunInfo> {
  try {
    return await readRunInfo(run, { config: true, summary: true, onWarning: warnOnce });
  } catch {
    // Sealed, moved or removed since it was listed.
    return run;
  }
}

/** The fields of `runlit show --json` that need no more than a look. */
function listJson(run: RunInfo) {
  const time = (microseconds: number | null) =>
    microseconds === null ? null : new Date(microseconds / 1000).toISOString();
  return {
    id: run.id,
    name: run.name,
    namespace: run.opref?.namespace ?? null,
    operation: run.opref?.name ?? null,
    version: run.opref?.version ?? null,
    status: run.status,
    label: run.label,
    exit: run.exitCode,
    config: run.config ?? {},
    summary: run.summary ?? {},
    initialized: time(run.initialized),
    staged: time(run.staged),
    started: time(run.started),
    stopped: time(run.stopped),
    runDir: run.runDir,
    metaDir: run.metaDir,
  };
}

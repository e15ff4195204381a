/**
 * Runs at hand: `runs()`, `run()` and `start()` of a session.
 *
 * @module
 */

import { mkdirSync, writeSync } from "node:fs";
import { inspect } from "node:util";
import { NotFoundError } from "../../lib/errors.ts";
import { findProject } from "../../lib/project/find_project.ts";
import { runsDir as runsDirOf } from "../../lib/project/runs_dir.ts";
import { listRuns, type RunInfo } from "../../lib/store/list_runs.ts";
import { readRunInfo } from "../../lib/store/read_run_info.ts";
import { selectRun } from "../../lib/store/select_run.ts";
import type { Config, Run } from "../../lib/types.ts";
import { formatRuns } from "../display/run_table.ts";

/** Where the session works. */
export interface RunPlace {
  readonly projectDir: string;
  /** Absolute path; need not exist. */
  readonly runsDir: string;
}

/** Options of `runs()`. */
export interface RunsOptions {
  /** So many of the newest. Default: 20. */
  readonly limit?: number;
  /** Runs of this operation. Default: of all. */
  readonly operation?: string;
  /** Runs of this status. Default: of all. */
  readonly status?: string;
}

/** What is in scope of a session about runs. */
export interface RunScope extends Record<string, unknown> {
  /** The newest runs, a table where they are shown. */
  runs(options?: RunsOptions): Promise<RunInfo[]>;
  /** A run by ID, the beginning of one, name, place in the list from 1; the latest by default. */
  run(spec?: string | number): Promise<RunInfo>;
  /** Makes a run of an operation of the project, and takes it through every phase. */
  start(operation?: string, config?: Config): Promise<Run>;
}

/** Makes the functions that work on the runs of a place, or of the current directory. */
export function runScope(place?: RunPlace): RunScope {
  return {
    async runs(options = {}) {
      const { limit = 20, operation, status } = options;
      const all = await allRuns(placeOf(place).runsDir);
      const wanted = all.filter((run) =>
        (operation === undefined || run.opref?.name === operation) &&
        (status === undefined || run.status === status)
      ).slice(0, limit);
      return asTable(await Promise.all(wanted.map(details)));
    },
    async run(spec = "@latest") {
      return await details(selectRun(await allRuns(placeOf(place).runsDir), String(spec)));
    },
    start: (operation, config = {}) => start(placeOf(place), operation, config),
  };
}

/** All runs, newest first; none where there is no runs directory yet. */
export async function allRuns(runsDir: string): Promise<RunInfo[]> {
  try {
    return (await listRuns(runsDir)).runs;
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
}

function placeOf(place: RunPlace | undefined): RunPlace {
  if (place !== undefined) return place;
  const location = findProject(process.cwd());
  return { projectDir: location.dir, runsDir: runsDirOf(location) };
}

async function details(run: RunInfo): Promise<RunInfo> {
  try {
    return await readRunInfo(run, { config: true, summary: true });
  } catch {
    return run; // Sealed, moved or removed since it was listed.
  }
}

/** A list that is shown as a table also by those who inspect it. */
function asTable(runs: RunInfo[]): RunInfo[] {
  Object.defineProperty(runs, inspect.custom, {
    value: () => runs.length === 0 ? "[]" : formatRuns(runs, null, { width: 100 }),
  });
  return runs;
}

async function start(place: RunPlace, operation: string | undefined, config: Config): Promise<Run> {
  const { loadProject } = await import("../../lib/project/load_project.ts");
  const { getOperation } = await import("../../lib/project/get_operation.ts");
  const { planRun } = await import("../../lib/project/plan_run.ts");
  const { makeRun } = await import("../../lib/run/make_run.ts");
  const { initRunMeta } = await import("../../lib/run/init_run_meta.ts");
  const { associateProject } = await import("../../lib/run/associate_project.ts");
  const { stageRun } = await import("../../lib/run/stage_run.ts");
  const { execRun } = await import("../../lib/run/exec_run.ts");
  const { finalizeRun } = await import("../../lib/run/finalize_run.ts");

  const { file } = findProject(place.projectDir);
  if (file === null) {
    throw new NotFoundError(
      `Cannot start an operation: there is no project file in '${place.projectDir}'; ` +
        "write a 'runlit.toml' with an operation, such as [train] with exec = \"python train.py\"",
      place.projectDir,
    );
  }
  const opdef = getOperation(await loadProject(file), operation);
  const plan = await planRun(place.projectDir, opdef, { config, exclude: [place.runsDir] });
  mkdirSync(place.runsDir, { recursive: true });
  const made = await makeRun(place.runsDir);
  const run = { ...made, opref: plan.opref };
  await initRunMeta(run, plan);
  await associateProject(run, place.projectDir);
  const phase = {
    onOutput(chunk: Uint8Array, stream: 0 | 1) {
      for (let at = 0; at < chunk.length;) at += writeSync(stream + 1, chunk, at);
    },
  };
  await stageRun(run, place.projectDir, phase);
  await execRun(run, phase);
  return await finalizeRun(run, phase);
}

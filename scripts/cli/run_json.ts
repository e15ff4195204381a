/**
 * Runs and batches as `--json` prints them.
 *
 * @module
 */

import { isBatch } from "../../lib/batch/batch.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { runMetaDir } from "../../lib/meta/run_paths.ts";
import {
  parseScopeRecords,
  SCOPE_FILE,
  type ScopeRecords,
} from "../../lib/phases/scope/scope_record.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { batchTrials } from "../../lib/store/batch_trials.ts";
import { runLabel } from "../../lib/store/run_label.ts";
import type { JsonValue, Run } from "../../lib/types.ts";

/**
 * One schema for every command: an object per run. Times are ISO 8601 in UTC, absent before they
 * are known; paths are absolute. Fields are only ever added.
 */
export interface RunJson {
  readonly id: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly operation: string | null;
  readonly version: string | null;
  readonly status: string;
  readonly label: string | null;
  /** Exit code of the command; negative for the signal that ended it. */
  readonly exit: number | null;
  readonly command: JsonValue;
  readonly config: JsonValue;
  readonly summary: JsonValue;
  readonly initialized: string | null;
  readonly staged: string | null;
  readonly started: string | null;
  readonly stopped: string | null;
  /** What each phase was allowed, and what enforced it; null for a run that was not scoped. */
  readonly scope: ScopeRecords | null;
  /** ID of the batch that the run is a trial of. */
  readonly batch: string | null;
  /** IDs of the trials, if the run is a batch. */
  readonly trials: readonly string[] | null;
  readonly runDir: string;
  readonly metaDir: string;
}

/** A batch after its trials were run or staged: a run like any other, and how far the trials are. */
export interface BatchJson extends RunJson {
  readonly completed: number;
  readonly failed: number;
  readonly pending: number;
}

/** Reads all that `--json` prints of a batch. It is opened anew: it may have been sealed meanwhile. */
export async function batchJson(
  { batch: { run, trials }, completed, failed, pending }: {
    readonly batch: { readonly run: Run; readonly trials: readonly { readonly id: string }[] };
    readonly completed: number;
    readonly failed: number;
    readonly pending: number;
  },
): Promise<BatchJson> {
  const json = await runJson(await openRun(run.runDir));
  return { ...json, trials: trials.map(({ id }) => id), completed, failed, pending };
}

/** Reads all that `--json` prints of a run. A run that is not initialized has less. */
export async function runJson(run: Run): Promise<RunJson> {
  const { opref } = run;
  const initialized = await time(run, "initialized");
  const summary = await runMeta.readSummary(run);
  return {
    id: run.id,
    name: run.name,
    namespace: opref?.namespace ?? null,
    operation: opref?.name ?? null,
    version: opref?.version ?? null,
    status: await runStatus(run),
    label: runLabel((await runMeta.readUserAttributes(run)).label, summary),
    exit: await runMeta.readExit(run),
    command: initialized === null ? null : (await runMeta.readCmd(run)).args,
    config: initialized === null ? {} : { ...(await runMeta.readConfig(run)) },
    summary,
    initialized,
    staged: await time(run, "staged"),
    started: await time(run, "started"),
    stopped: await time(run, "stopped"),
    scope: await scopeRecords(run),
    ...await batchLinks(run),
    runDir: run.runDir,
    metaDir: runMetaDir(run),
  };
}

async function time(
  run: Run,
  name: "initialized" | "staged" | "started" | "stopped",
): Promise<string | null> {
  const microseconds = await runMeta.readTimestamp(run, name);
  return microseconds === null ? null : new Date(microseconds / 1000).toISOString();
}

async function batchLinks(run: Run): Promise<Pick<RunJson, "batch" | "trials">> {
  const { batch } = await runMeta.readSystemAttributes(run);
  return {
    batch: typeof batch === "string" ? batch : null,
    trials: isBatch(run) ? batchTrials(run) : null,
  };
}

async function scopeRecords(run: Run): Promise<ScopeRecords | null> {
  const path = SCOPE_FILE.join("/");
  if (!(await runMeta.ls(run)).includes(path)) return null;
  const text = await runMeta.readText(run, path);
  return text === null ? null : parseScopeRecords(text);
}

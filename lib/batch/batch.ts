/**
 * A batch: a run whose trials are runs of their own.
 *
 * In the batch's run directory are `batch.json`, the prototype's source code in `proto/`, and a
 * symbolic link to each trial, named by its ID. In Guild's layout `batch.json` is in `.guild`; in that
 * of 2019 only until all trials are completed.
 *
 * @module
 */

import { existsSync, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { NotFoundError } from "../errors.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import type { RunPlan } from "../project/plan_run.ts";
import { isGuildMeta } from "../meta/guild/is_guild_meta.ts";
import { decodePythonJson, encodePythonJson } from "../meta/python_json.ts";
import type { OpDef, OpRef, Run } from "../types.ts";

/** One trial of a batch. */
export interface BatchTrial {
  /** ID of its run. It is known before the run is made, so that no crash makes it twice. */
  readonly id: string;
  readonly plan: Omit<RunPlan, "keys" | "systemAttrs">;
  /** IDs of the runs that failed before it. Default: none. */
  readonly replaces?: readonly string[];
  /** The run was there before the batch, and is as good as a new one. Default: false. */
  readonly reused?: boolean;
}

/** Layouts that batches can have. */
export type BatchLayout = "json" | "guild" | "guild-2019";

/** A batch and its trials, in order. */
export interface Batch {
  readonly run: Run;
  /** Layout of the batch, and of its trials. */
  readonly layout: BatchLayout;
  /** Project that the trials are of. */
  readonly projectDir: string;
  readonly trials: readonly BatchTrial[];
}

interface BatchFile {
  readonly schema: 1;
  /** Default: `json`. */
  readonly layout?: BatchLayout;
  readonly project: string;
  /** What all trials have in common, once. */
  readonly opref: OpRef;
  readonly opdef: OpDef;
  readonly trials: readonly (Omit<BatchTrial, "plan"> & {
    readonly plan: Omit<BatchTrial["plan"], "opref" | "opdef">;
  })[];
}

/** Runs directory that a batch and its trials are in. */
export function batchRunsDir({ run }: Batch): string {
  return dirname(run.runDir);
}

/** Records the trials of a batch, and links to those that there are. */
export function writeBatch(batch: Batch): void {
  const { run, layout, projectDir, trials } = batch;
  const [{ plan: { opref, opdef } }] = trials;
  const file: BatchFile = {
    schema: 1,
    ...(layout === "json" ? {} : { layout }),
    project: projectDir,
    opref,
    opdef,
    trials: trials.map(({ plan: { cmd, config, userAttrs }, ...trial }) => ({
      ...trial,
      plan: { cmd, config, userAttrs },
    })),
  };
  // Python's spelling of what JSON does not have: a flag may be infinite.
  const data = encodePythonJson(file, { what: "batch" });
  writeFileAtomicSync(batchFile(run), data, { durable: true });
  for (const { id } of trials) linkTrial(batch, id);
}

function linkTrial({ run, layout }: Batch, id: string): void {
  const link = join(run.runDir, id);
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) return;
  // Links of 2019 were absolute.
  symlinkSync(layout === "guild-2019" ? resolve(run.runDir, "..", id) : join("..", id), link);
}

/** The file that has the trials of a batch, if it is one. */
export function batchFile({ runDir, metaDir }: Run): string {
  return isGuildMeta(metaDir) ? join(metaDir, "batch.json") : join(runDir, "batch.json");
}

/** Whether a run is a batch, be it one that Guild has made. */
export function isBatch(run: Run): boolean {
  if (isGuildMeta(run.metaDir)) return existsSync(join(run.metaDir, "proto", ".guild"));
  // The source code of a run may have a file of that name, too.
  return run.opref?.name.endsWith("+") === true && existsSync(batchFile(run));
}

/**
 * Reads a batch.
 *
 * @throws {NotFoundError} The run is no batch.
 * @throws {Error} What is recorded of it cannot be read.
 */
export function readBatch(run: Run): Batch {
  const path = batchFile(run);
  if (!isBatch(run) || !existsSync(path)) {
    const what = isBatch(run) ? "a batch whose trials can be resumed" : "a batch";
    throw new NotFoundError(
      `Run '${run.id}' is not ${what}: there are no trials in '${path}'`,
      path,
    );
  }
  try {
    const data = decodePythonJson(readFileSync(path, "utf8")) as unknown as BatchFile;
    const { layout = "json", project, opref, opdef, trials } = data;
    if (typeof project !== "string" || !Array.isArray(trials)) throw new SyntaxError("no trials");
    const all = trials.map((trial) => ({ ...trial, plan: { opref, opdef, ...trial.plan } }));
    return { run, layout, projectDir: project, trials: all };
  } catch (cause) {
    throw new Error(`Cannot read batch '${run.id}': ${(cause as Error).message} in '${path}'`, {
      cause,
    });
  }
}

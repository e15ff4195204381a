/**
 * A batch: a run whose trials are runs of their own.
 *
 * In the batch's run directory are `batch.json`, the prototype's source code in `proto/`, and a
 * symbolic link to each trial, named by its ID.
 *
 * @module
 */

import { existsSync, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { NotFoundError } from "../errors.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import type { RunPlan } from "../project/plan_run.ts";
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

/** A batch and its trials, in order. */
export interface Batch {
  readonly run: Run;
  /** Project that the trials are of. */
  readonly projectDir: string;
  readonly trials: readonly BatchTrial[];
}

interface BatchFile {
  readonly schema: 1;
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
export function writeBatch({ run, projectDir, trials }: Batch): void {
  const [{ plan: { opref, opdef } }] = trials;
  const file: BatchFile = {
    schema: 1,
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
  writeFileAtomicSync(join(run.runDir, "batch.json"), data, { durable: true });
  for (const { id } of trials) linkTrial(run, id);
}

function linkTrial(run: Run, id: string): void {
  const link = join(run.runDir, id);
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(join("..", id), link);
}

/** Whether a run is a batch. */
export function isBatch(run: Run): boolean {
  return existsSync(join(run.runDir, "batch.json"));
}

/**
 * Reads a batch.
 *
 * @throws {NotFoundError} The run is no batch.
 * @throws {Error} What is recorded of it cannot be read.
 */
export function readBatch(run: Run): Batch {
  const path = join(run.runDir, "batch.json");
  if (!existsSync(path)) {
    throw new NotFoundError(`Run '${run.id}' is not a batch: there is no '${path}'`, path);
  }
  try {
    const data = decodePythonJson(readFileSync(path, "utf8")) as unknown as BatchFile;
    const { project, opref, opdef, trials } = data;
    if (typeof project !== "string" || !Array.isArray(trials)) throw new SyntaxError("no trials");
    const all = trials.map((trial) => ({ ...trial, plan: { opref, opdef, ...trial.plan } }));
    return { run, projectDir: project, trials: all };
  } catch (cause) {
    throw new Error(`Cannot read batch '${run.id}': ${(cause as Error).message} in '${path}'`, {
      cause,
    });
  }
}

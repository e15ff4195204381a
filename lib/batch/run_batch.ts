/**
 * Runs the trials of a batch.
 *
 * @module
 */

import { rmSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { durability, withDurability } from "../files/durability.ts";
import { acquireLock } from "../meta/lock.ts";
import { orphanedCommand } from "../run/orphaned_command.ts";
import { executeTrials } from "./_execute_trials.ts";
import { interruptedBy } from "./_interrupted_by.ts";
import { type Batch, type BatchTrial, writeBatch } from "./batch.ts";
import type { RunBatchOptions } from "./run_batch_options.ts";
import { layoutOf, trialStatus } from "./trial_run.ts";

export type { RunBatchOptions } from "./run_batch_options.ts";

/** What became of a batch's trials. */
export interface BatchResult {
  readonly batch: Batch;
  /** Trials that were run, and those that had been before. */
  readonly completed: number;
  readonly failed: number;
  /** Trials that were not run: after a failure with `failFast`, or an interruption. */
  readonly pending: number;
}

/**
 * Runs what is missing of a batch, or has failed. While the first trials run, all others are made.
 * A trial that has failed, or was lost with its runner, gets a new run; one that is completed is
 * never run again. A command that goes on although its runner was killed is waited for, before its
 * trial gets a new run: how it ended, and what it printed since, nobody knows. The batch is sealed
 * once all trials are completed.
 *
 * @throws {LockError} Another process runs the batch.
 *
 * @example A script with two values, both at a time
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { localScheduler } from "runlit/local-scheduler";
 * import { makeBatch } from "runlit/make-batch";
 * import { runBatch } from "runlit/run-batch";
 * import { scriptOperation } from "runlit/script-operation";
 *
 * const projectDir = mkdtempSync("/tmp/example-");
 * const script = 'while getopts m: o; do case $o in m) MSG="$OPTARG";; esac; done\necho $MSG\n';
 * writeFileSync(`${projectDir}/say.sh`, script);
 * const operation = await scriptOperation(projectDir, "say.sh");
 * mkdirSync(`${projectDir}/runs`);
 * const batch = await makeBatch(`${projectDir}/runs`, {
 *   projectDir,
 *   operation,
 *   values: { m: ["hi", "bye"] },
 *   trials: [{ m: "hi" }, { m: "bye" }],
 * });
 *
 * const result = await runBatch(batch, { scheduler: localScheduler(), jobs: 2 });
 * assert.deepEqual([result.completed, result.failed], [2, 0]);
 * rmSync(projectDir, { recursive: true });
 * ```
 */
export async function runBatch(batch: Batch, options: RunBatchOptions): Promise<BatchResult> {
  const lock = await acquireLock(batch.run);
  try {
    const layout = layoutOf(batch);
    layout.start(batch);
    const planned = await planTrials(batch, options);
    const { trials } = planned.batch;
    if (trials.some((trial, i) => trial !== batch.trials[i])) writeBatch(planned.batch);
    options.onPlan?.(planned.done);
    // Trials are flushed in groups: what a power failure takes is run again.
    const level = durability();
    const { completed, failed } = await withDurability(
      "fast",
      () => executeTrials(planned.batch, planned.todo, { ...options, durability: level }),
    );
    const done = planned.done + completed;
    const pending = trials.length - done - failed;
    const result = { batch: planned.batch, completed: done, failed, pending };
    const signal = interruptedBy(options);
    const code = signal === undefined ? Number(failed + pending > 0) : -constants.signals[signal];
    layout.stop(batch, code);
    lock.release();
    if (done === trials.length) await layout.seal(batch);
    return result;
  } finally {
    lock.release();
  }
}

/** Finds out which trials are to be run; those that failed get new runs. */
async function planTrials(
  batch: Batch,
  options: RunBatchOptions,
): Promise<{ batch: Batch; todo: BatchTrial[]; done: number }> {
  const layout = layoutOf(batch);
  const trials: BatchTrial[] = [];
  const todo: BatchTrial[] = [];
  for (const trial of batch.trials) {
    const isGone = await waitForOrphan(batch, trial, options);
    const status = await trialStatus(batch, trial);
    if (status === "completed") {
      if (!trial.reused) await layout.finish(batch, trial);
      trials.push(trial);
    } else if (isGone && status === "running") {
      throw new Error(`Cannot resume batch '${batch.run.id}': trial '${trial.id}' is running`);
    } else if (isGone && (status === "error" || status === "terminated" || status === "lost")) {
      const { id, replaces = [], plan } = trial;
      rmSync(join(batch.run.runDir, id), { force: true });
      trials.push({ id: layout.newId(), plan, replaces: [...replaces, id] });
      todo.push(trials[trials.length - 1]);
    } else {
      trials.push(trial);
      todo.push(trial);
    }
  }
  return { batch: { ...batch, trials }, todo, done: trials.length - todo.length };
}

/** Waits until a trial's command without a runner is gone; returns whether it is. */
async function waitForOrphan(
  batch: Batch,
  trial: BatchTrial,
  { signal, force, onWait }: RunBatchOptions,
): Promise<boolean> {
  const run = layoutOf(batch).locate(batch, trial);
  for (let pause = 10, told = false;; pause = Math.min(500, pause * 1.5)) {
    const pid = orphanedCommand(run);
    if (pid === null) return true;
    if (interruptedBy({ signal, force }) !== undefined) return false;
    if (!told) onWait?.(trial, pid);
    told = true;
    await setTimeout(pause);
  }
}

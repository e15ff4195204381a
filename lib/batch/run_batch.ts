/**
 * Runs the trials of a batch.
 *
 * @module
 */

import { rmSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { acquireLock } from "../meta/lock.ts";
import type { CopySourcecodeOptions } from "../run/copy_sourcecode.ts";
import { orphanedCommand } from "../run/orphaned_command.ts";
import { type Batch, type BatchTrial, writeBatch } from "./batch.ts";
import type { Job, JobState, Scheduler } from "./scheduler.ts";
import { layoutOf, makeTrial, stageTrial, trialStatus } from "./trial_run.ts";

/** Options of {@linkcode runBatch}. */
export interface RunBatchOptions {
  readonly scheduler: Scheduler;
  /** Trials at a time. Default: 1. */
  readonly jobs?: number;
  /** Start no more trials once one has failed. Default: false. */
  readonly failFast?: boolean;
  /** Ends all trials when it aborts; what has not started stays pending. */
  readonly signal?: AbortSignal;
  /** Kills them. */
  readonly force?: AbortSignal;
  /** How trials are staged. */
  readonly stage?: CopySourcecodeOptions;
  /**
   * Is told of a trial whose runner was killed, and whose command goes on: it is waited for. Gets the
   * ID of its process group.
   */
  readonly onWait?: (trial: BatchTrial, pid: number) => void;
  /** Is told when a trial starts. */
  readonly onStart?: (trial: BatchTrial, job: Job) => void;
  /** Is told how a trial ended. */
  readonly onEnd?: (trial: BatchTrial, job: Job, state: JobState & { state: "done" }) => void;
}

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
 * Runs what is missing of a batch, or has failed. All trials are made before the first is started.
 * A trial that has failed, or was lost with its runner, gets a new run; one that is completed is
 * never run again. A command that goes on although its runner was killed is waited for, before its
 * trial gets a new run: how it ended, and what it printed since, nobody knows. The batch is sealed
 * once all trials are completed.
 *
 * @throws {LockError} Another process runs the batch.
 */
export async function runBatch(batch: Batch, options: RunBatchOptions): Promise<BatchResult> {
  const lock = await acquireLock(batch.run);
  try {
    const layout = layoutOf(batch);
    layout.start(batch);
    const planned = await planTrials(batch, options);
    const { trials } = planned.batch;
    if (trials.some((trial, i) => trial !== batch.trials[i])) writeBatch(planned.batch);
    for (const trial of planned.todo) await makeTrial(planned.batch, trial);
    const { completed, failed } = await execute(planned.batch, planned.todo, options);
    const done = planned.done + completed;
    const pending = trials.length - done - failed;
    const result = { batch: planned.batch, completed: done, failed, pending };
    const interrupted = options.signal?.aborted || options.force?.aborted;
    const code = interrupted ? -constants.signals.SIGINT : failed + pending > 0 ? 1 : 0;
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
    if (signal?.aborted || force?.aborted) return false;
    if (!told) onWait?.(trial, pid);
    told = true;
    await setTimeout(pause);
  }
}

async function execute(
  batch: Batch,
  todo: readonly BatchTrial[],
  options: RunBatchOptions,
): Promise<{ completed: number; failed: number }> {
  const { scheduler, jobs = 1, failFast = false, signal, force } = options;
  const waiting = [...todo];
  const running = new Map<Job, BatchTrial>();
  const began = new Map<Job, number>();
  const slots = Array.from({ length: jobs }, (_, i) => i);
  let completed = 0;
  let failed = 0;
  const stops = () => signal?.aborted || force?.aborted || (failFast && failed > 0);
  const cancelAll = (isForced: boolean) => {
    for (const job of running.keys()) void scheduler.cancel(job, { force: isForced });
  };
  const onSignal = () => cancelAll(false);
  const onForce = () => cancelAll(true);
  signal?.addEventListener("abort", onSignal);
  force?.addEventListener("abort", onForce);
  try {
    const layout = layoutOf(batch);
    while ((waiting.length > 0 && !stops()) || running.size > 0) {
      while (waiting.length > 0 && slots.length > 0 && !stops()) {
        const trial = waiting.shift()!;
        const slot = slots.shift()!;
        const job: Job = { run: await makeTrial(batch, trial), batch: batch.run.id, slot };
        try {
          await stageTrial(batch, trial, { ...options.stage, signal, force });
        } catch (error) {
          slots.unshift(slot);
          if (signal?.aborted || force?.aborted) break;
          failed++;
          const { message } = error as Error;
          options.onEnd?.(trial, job, { state: "done", ok: false, reason: message });
          continue;
        }
        if (stops()) break;
        running.set(job, trial);
        began.set(job, Date.now());
        options.onStart?.(trial, job);
        await scheduler.submit(job);
        // Interrupted meanwhile: nobody has told this job.
        if (signal?.aborted || force?.aborted) {
          await scheduler.cancel(job, { force: force?.aborted });
        }
      }
      if (running.size === 0) break;
      await scheduler.changed();
      for (const [job, trial] of [...running]) {
        const state = await scheduler.poll(job);
        if (state.state !== "done") continue;
        running.delete(job);
        layout.collect(batch, trial, began.get(job)!);
        slots.push(job.slot);
        slots.sort((a, b) => a - b);
        if (state.ok) completed++;
        else failed++;
        options.onEnd?.(trial, job, state);
      }
    }
  } finally {
    signal?.removeEventListener("abort", onSignal);
    force?.removeEventListener("abort", onForce);
  }
  return { completed, failed };
}

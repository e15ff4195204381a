/**
 * Gets trials executed, several at a time.
 *
 * @module
 */

import { setImmediate } from "node:timers/promises";
import type { Durability } from "../files/durability.ts";
import { groupSync } from "./_group_sync.ts";
import type { Batch, BatchTrial } from "./batch.ts";
import { interruptedBy } from "./_interrupted_by.ts";
import { trialPreparation } from "./_trial_preparation.ts";
import type { RunBatchOptions } from "./run_batch_options.ts";
import type { Job, JobEnd } from "./scheduler.ts";
import { layoutOf } from "./trial_run.ts";

/** How many trials ended how. */
export interface ExecutedTrials {
  readonly completed: number;
  readonly failed: number;
}

/**
 * Executes trials in their order. While commands run, the next trial is staged, and the records of
 * those that have ended are completed.
 */
export async function executeTrials(
  batch: Batch,
  todo: readonly BatchTrial[],
  options: RunBatchOptions & { readonly durability: Durability },
): Promise<ExecutedTrials> {
  const { scheduler, jobs = 1, failFast = false, signal, force } = options;
  const layout = layoutOf(batch);
  const waiting = [...todo];
  const sync = groupSync(options.durability);
  const prepared = trialPreparation(batch, waiting, options);
  /** Those that occupy a slot, with the time when they were submitted. */
  const running = new Map<Job, { readonly trial: BatchTrial; readonly began: number }>();
  const ending = new Map<Job, { readonly trial: BatchTrial; readonly end: JobEnd }>();
  const slots = Array.from({ length: jobs }, (_, i) => i);
  const counts = { completed: 0, failed: 0 };
  let hasFailed = false;
  const isInterrupted = () => interruptedBy(options) !== undefined;
  const stops = () => isInterrupted() || (failFast && hasFailed);

  const start = async (trial: BatchTrial, slot: number): Promise<boolean> => {
    let job: Job = { run: layout.locate(batch, trial), batch: batch.run.id, slot };
    try {
      job = { ...job, run: await prepared.stage(trial) };
    } catch (error) {
      if (isInterrupted()) return false;
      hasFailed = true;
      counts.failed++;
      options.onEnd?.(trial, job, { ok: false, reason: (error as Error).message });
      return false;
    }
    if (stops()) return false;
    running.set(job, { trial, began: Date.now() });
    options.onStart?.(trial, job);
    await scheduler.submit(job);
    // Interrupted meanwhile: nobody has told this job.
    if (isInterrupted()) {
      await scheduler.cancel(job, { force: force?.aborted, signal: interruptedBy(options) });
    }
    return true;
  };
  const look = async (job: Job) => {
    const state = await scheduler.poll(job);
    if (state.state === "running") return;
    const started = running.get(job);
    if (started !== undefined) {
      running.delete(job);
      ending.set(job, { trial: started.trial, end: state });
      slots.push(job.slot);
      slots.sort((a, b) => a - b);
      if (!state.ok) hasFailed = true;
      layout.collect(batch, started.trial, started.began);
      options.onEnd?.(started.trial, job, state);
    }
    if (state.state !== "done") return;
    const { trial, end } = ending.get(job)!;
    if (end.ok && !state.ok) {
      options.stage?.onWarning?.(`Cannot finalize trial '${job.run.id}': ${state.reason}`);
    }
    ending.delete(job);
    sync.add(layout.records(batch, trial));
    counts[state.ok ? "completed" : "failed"]++;
  };

  const cancelAll = (isForced: boolean) => {
    // Those that have ended are let be, unless nobody waits any longer.
    for (const job of [...running.keys(), ...(isForced ? ending.keys() : [])]) {
      void scheduler.cancel(job, { force: isForced, signal: interruptedBy(options) });
    }
  };
  const onSignal = () => cancelAll(false);
  const onForce = () => cancelAll(true);
  signal?.addEventListener("abort", onSignal);
  force?.addEventListener("abort", onForce);
  try {
    for (;;) {
      while (waiting.length > 0 && slots.length > 0 && !stops()) {
        const slot = slots.shift()!;
        if (!(await start(waiting.shift()!, slot))) slots.unshift(slot);
      }
      if (running.size + ending.size === 0) break;
      let isChanged = false;
      const change = scheduler.changed().then(() => isChanged = true);
      await sync.flushDue();
      // A unit at a time, so that a slot does not stay empty for long.
      while (!isChanged && await prepared.ahead(stops() ? null : waiting[0] ?? null)) {
        await setImmediate();
      }
      await change;
      for (const job of [...running.keys(), ...ending.keys()]) await look(job);
    }
    await sync.flush();
    // The rest is pending, where a run says so.
    while (!force?.aborted && await prepared.ahead(null)) await setImmediate();
  } catch (error) {
    // Nobody would wait for them.
    cancelAll(true);
    throw error;
  } finally {
    signal?.removeEventListener("abort", onSignal);
    force?.removeEventListener("abort", onForce);
  }
  return counts;
}

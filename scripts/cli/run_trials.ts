/**
 * Runs the trials of a batch on the terminal.
 *
 * @module
 */

import type { Batch } from "../../lib/batch/batch.ts";
import { localScheduler } from "../../lib/batch/local_scheduler.ts";
import { runBatch } from "../../lib/batch/run_batch.ts";
import type { Job } from "../../lib/batch/scheduler.ts";
import { runName } from "../../lib/meta/run_name.ts";
import type { PhaseOptions } from "../../lib/run/phase_options.ts";
import { surviveClosedPipe } from "./closed_pipe.ts";
import { note, print, printRaw, warn } from "./print.ts";
import { progressLine } from "./progress_line.ts";
import { trapSignals } from "./signals.ts";
import { styled } from "./styled.ts";

/** Options of {@linkcode runTrials}. */
export interface RunTrialsOptions {
  jobs?: number;
  failFast?: boolean;
  json?: boolean;
  timeLimit?: number;
  /** How phases are scoped. */
  scope?: Pick<PhaseOptions, "scope" | "permissions" | "onWarning">;
}

/**
 * Runs what is to be run of a batch. One trial at a time prints as it goes; of several at a time,
 * each prints when it has ended, so that nothing is mixed. The exit code is 0 if all trials are
 * completed, 130 after an interruption, else 1.
 */
export async function runTrials(batch: Batch, options: RunTrialsOptions): Promise<void> {
  const { jobs = 1, failFast, json, timeLimit, scope } = options;
  surviveClosedPipe();
  const trap = trapSignals();
  const line = progressLine();
  const held = new Map<string, [Uint8Array, 0 | 1][]>();
  const pass = async (chunk: Uint8Array, stream: 0 | 1) => {
    if (stream === 1 || json) process.stderr.write(chunk);
    else await printRaw(chunk);
  };
  let ended = batch.trials.filter((trial) => trial.reused).length;
  const scheduler = localScheduler({
    ...scope,
    timeLimit,
    onOutput: async (job: Job, chunk, stream) => {
      line.clear();
      if (jobs === 1) return await pass(chunk, stream);
      held.set(job.run.id, [...held.get(job.run.id) ?? [], [chunk.slice(), stream]]);
    },
  });
  try {
    const { completed, failed, pending } = await runBatch(batch, {
      scheduler,
      jobs,
      failFast,
      signal: trap.signal,
      force: trap.force,
      stage: scope,
      onStart: (trial, job) => {
        if (jobs === 1) note(`Running ${describe(trial.plan.userAttrs.label, job.run.id)}`);
        line.update(`${ended} of ${batch.trials.length} trials`);
      },
      onEnd: (trial, job, state) => {
        line.clear();
        ended++;
        if (jobs > 1) note(`Ran ${describe(trial.plan.userAttrs.label, job.run.id)}`);
        for (const [chunk, stream] of held.get(job.run.id) ?? []) void pass(chunk, stream);
        held.delete(job.run.id);
        if (!state.ok) warn(`Trial ${runName(job.run.id)} failed: ${state.reason}`);
        line.update(`${ended} of ${batch.trials.length} trials`);
      },
    });
    line.clear();
    process.exitCode = trap.signal.aborted ? 130 : failed + pending > 0 ? 1 : 0;
    if (json) {
      const { id, name, runDir } = batch.run;
      const trials = batch.trials.map((trial) => trial.id);
      print(JSON.stringify({ id, name, runDir, completed, failed, pending, trials }));
    }
    const color = failed + pending > 0 ? "red" : "green";
    const counts = [`${completed} completed`];
    if (failed > 0) counts.push(`${failed} failed`);
    if (pending > 0) counts.push(`${pending} pending`);
    note(`${styled(`trials: ${counts.join(", ")}`, color, "stderr")}, batch ${batch.run.name}`);
    if (failed + pending > 0) note(`run the rest with: runlit resume ${batch.run.name}`);
  } finally {
    line.clear();
    trap.release();
  }
}

function describe(label: unknown, id: string): string {
  return `${runName(id)}: ${typeof label === "string" ? label : ""}`;
}

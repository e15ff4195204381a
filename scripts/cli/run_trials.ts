/**
 * Runs the trials of a batch on the terminal.
 *
 * @module
 */

import type { Batch, BatchTrial } from "../../lib/batch/batch.ts";
import { localScheduler } from "../../lib/batch/local_scheduler.ts";
import { type BatchResult, runBatch } from "../../lib/batch/run_batch.ts";
import type { Job } from "../../lib/batch/scheduler.ts";
import { layoutOf } from "../../lib/batch/trial_run.ts";
import { runName } from "../../lib/meta/run_name.ts";
import type { PhaseOptions } from "../../lib/run/phase_options.ts";
import { surviveClosedPipe } from "./closed_pipe.ts";
import { interruptedCode } from "./interrupted_error.ts";
import { note, pass, print, warn } from "./print.ts";
import { progressLine } from "./progress_line.ts";
import { replayOutput, type Stream } from "./replay_output.ts";
import { batchJson } from "./run_json.ts";
import { trapSignals } from "./signals.ts";
import { styled } from "./styled.ts";

const LF = 10;

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
 * completed, 128 and the signal's number after an interruption, else 1.
 */
export async function runTrials(batch: Batch, options: RunTrialsOptions): Promise<void> {
  const { jobs = 1, failFast, json = false, timeLimit, scope } = options;
  surviveClosedPipe();
  const trap = trapSignals();
  const line = progressLine();
  const ends = { stdout: LF, stderr: LF };
  const passOn = (chunk: Uint8Array, stream: Stream) => {
    const output = stream === 1 || json ? "stderr" : "stdout";
    if (chunk.length > 0) ends[output] = chunk[chunk.length - 1];
    return pass(chunk, output);
  };
  // The next trial's first line is not the rest of this one's last.
  const endLines = async () => {
    if (ends.stdout !== LF) await passOn(Uint8Array.of(LF), 0);
    if (ends.stderr !== LF) await passOn(Uint8Array.of(LF), 1);
  };
  const started = new Set<string>();
  const counts = { running: 0, completed: 0, failed: 0 };
  const progress = () => line.show(progressOf(batch.trials.length, counts));
  // What trials print is printed one after the other, from their records: it may be long.
  let printed = Promise.resolve();
  const scheduler = localScheduler({
    ...scope,
    timeLimit,
    onOutput: jobs > 1 ? undefined : (_job, chunk, stream) => {
      line.clear();
      return passOn(chunk, stream);
    },
  });
  try {
    const result = await runBatch(batch, {
      scheduler,
      jobs,
      failFast,
      signal: trap.signal,
      force: trap.force,
      stage: scope,
      onPlan: (completed) => {
        counts.completed = completed;
      },
      onWait: (trial, pid) =>
        warn(
          `Trial ${runName(trial.id)} goes on without its runner: waiting for it ` +
            `(end it with: kill -- -${pid})`,
        ),
      onStart: (trial) => {
        started.add(trial.id);
        counts.running++;
        line.clear();
        if (jobs === 1) announce(batch, trial, "Running");
        progress();
      },
      onEnd: (trial, job, state) => {
        // One that cannot be staged never started.
        if (started.delete(trial.id)) counts.running--;
        if (state.ok) counts.completed++;
        else counts.failed++;
        printed = printed.then(async () => {
          line.clear();
          if (jobs > 1) {
            announce(batch, trial, "Ran");
            await replay(job, passOn);
          }
          await endLines();
          if (!state.ok) warn(`Trial ${runName(job.run.id)} failed: ${state.reason}`);
          progress();
        });
      },
    });
    await printed;
    line.clear();
    const isDone = result.completed === result.batch.trials.length;
    // What could not be printed counts, too.
    const code = isDone ? process.exitCode ?? 0 : 1;
    process.exitCode = trap.signal.aborted ? interruptedCode(trap.signal.reason) : code;
    if (json) print(JSON.stringify(await batchJson(result)));
    tellResult(result);
  } finally {
    line.clear();
    trap.release();
  }
}

/** A trial that could not be started has printed nothing. */
async function replay(
  { run }: Job,
  passOn: (chunk: Uint8Array, stream: Stream) => void | Promise<void>,
): Promise<void> {
  try {
    await replayOutput(run, passOn);
  } catch (error) {
    if ((error as Error).name !== "NotFoundError") warn((error as Error).message);
  }
}

function progressOf(
  total: number,
  { running, completed, failed }: { running: number; completed: number; failed: number },
): string {
  const more = failed === 0 ? "" : `, ${failed} failed`;
  return `${completed + failed} of ${total} trials, ${running} running${more}`;
}

function tellResult({ batch: { run }, completed, failed, pending }: BatchResult): void {
  const counts = [`${completed} completed`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (pending > 0) counts.push(`${pending} pending`);
  const isDone = failed + pending === 0;
  const color = isDone ? "green" : "red";
  note(`${styled(`trials: ${counts.join(", ")}`, color, "stderr")}, batch ${run.name}`);
  if (!isDone) note(`run the rest with: runlit resume ${run.name}`);
}

/** In Guild's layout the line is part of the batch's output, and so is there with `--quiet` too. */
function announce(batch: Batch, trial: BatchTrial, what: string): void {
  const { id, plan: { userAttrs: { label } } } = trial;
  const line = layoutOf(batch).announce(batch, trial);
  if (line !== null) process.stderr.write(`${line}\n`);
  else note(`${what} ${runName(id)}: ${typeof label === "string" ? label : ""}`);
}

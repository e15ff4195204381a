/**
 * Executes trials on this machine.
 *
 * @module
 */

import { setImmediate } from "node:timers/promises";
import { execGuildRun } from "../guild/exec_guild_run.ts";
import { isGuildMeta } from "../meta/guild/is_guild_meta.ts";
import { execRun, type ExecRunOptions } from "../run/exec_run.ts";
import { readOpdef } from "../meta/read_opdef.ts";
import { finalizeRun } from "../run/finalize_run.ts";
import type { PhaseOptions } from "../run/phase_options.ts";
import type { Run } from "../types.ts";
import type { Job, JobEnd, JobState, Scheduler } from "./scheduler.ts";

/** Options of {@linkcode localScheduler}. */
export interface LocalSchedulerOptions
  extends Omit<ExecRunOptions, "signal" | "force" | "onOutput" | "onProgress" | "stdin"> {
  /** Is given what jobs print. */
  onOutput?: (job: Job, chunk: Uint8Array, stream: 0 | 1) => void | Promise<void>;
}

interface Running {
  state: JobState;
  readonly gentle: AbortController;
  readonly force: AbortController;
}

/**
 * Makes a scheduler that executes runs as children of this process, and finalizes them. A job knows
 * its slot by the variable `RUNLIT_SLOT`, to choose a GPU by for example.
 */
export function localScheduler(options: LocalSchedulerOptions = {}): Scheduler {
  const { onOutput, env, ...phase } = options;
  const jobs = new Map<string, Running>();
  let wake = () => {};
  let changed = new Promise<void>((resolve) => wake = resolve);
  const start = async (job: Job, running: Running): Promise<JobState> => {
    const { gentle, force } = running;
    try {
      const end = await execute(job.run, {
        ...phase,
        signal: gentle.signal,
        force: force.signal,
        env: { ...env, RUNLIT_BATCH: job.batch, RUNLIT_SLOT: String(job.slot) },
        onOutput: (chunk, stream) => onOutput?.(job, chunk, stream),
      });
      if (!(await hasFinalize(job.run))) {
        running.state = { state: "ending", ...end };
        wake();
        // Lets the next command start.
        await setImmediate();
      }
      // A request to end was the command's; who insists does not wait for its files to be hashed.
      await finalize(job.run, { ...phase, signal: force.signal, force: force.signal });
      return { state: "done", ...end };
    } catch (error) {
      return { state: "done", ok: false, reason: (error as Error).message };
    }
  };
  return {
    submit: async (job) => {
      const running: Running = {
        state: { state: "running" },
        gentle: new AbortController(),
        force: new AbortController(),
      };
      jobs.set(job.run.id, running);
      start(job, running).then((state) => {
        running.state = state;
        wake();
      });
    },
    poll: async (job) => jobs.get(job.run.id)?.state ?? { state: "running" },
    cancel: async (job, { force = false, signal = "SIGINT" } = {}) => {
      const running = jobs.get(job.run.id);
      (force ? running?.force : running?.gentle)?.abort(signal);
    },
    changed: async () => {
      await changed;
      changed = new Promise<void>((resolve) => wake = resolve);
    },
  };
}

/** Executes the command of a run of any layout. */
async function execute(run: Run, options: ExecRunOptions): Promise<JobEnd> {
  const { ok, message = "", scopeReasons } = isGuildMeta(run.metaDir)
    ? await execGuildRun(run, options)
    : await execRun(run, options);
  return { ok, reason: [message, ...scopeReasons].filter(Boolean).join("; ") };
}

/** What there is to do when a run's command has ended. */
async function finalize(run: Run, options: PhaseOptions): Promise<void> {
  if (!isGuildMeta(run.metaDir)) await finalizeRun(run, options);
}

/** Whether finalizing a run executes a command of the user's, which needs the slot as well. */
async function hasFinalize(run: Run): Promise<boolean> {
  const { exec } = (await readOpdef(run)).data;
  return typeof exec === "object" && exec !== null && "finalize" in exec;
}

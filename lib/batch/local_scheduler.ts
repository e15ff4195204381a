/**
 * Executes trials on this machine.
 *
 * @module
 */

import { execGuildRun } from "../guild/exec_guild_run.ts";
import { isGuildMeta } from "../meta/guild/is_guild_meta.ts";
import type { CommandResult } from "../phases/run_command.ts";
import { execRun, type ExecRunOptions } from "../run/exec_run.ts";
import { finalizeRun } from "../run/finalize_run.ts";
import type { Run } from "../types.ts";
import type { Job, JobState, Scheduler } from "./scheduler.ts";

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
  const start = async (job: Job, { gentle, force }: Running): Promise<JobState> => {
    try {
      const result = await execute(job.run, {
        ...phase,
        signal: gentle.signal,
        force: force.signal,
        env: { ...env, RUNLIT_BATCH: job.batch, RUNLIT_SLOT: String(job.slot) },
        onOutput: (chunk, stream) => onOutput?.(job, chunk, stream),
      });
      const { ok, message = "", scopeReasons } = result;
      return { state: "done", ok, reason: [message, ...scopeReasons].filter(Boolean).join("; ") };
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
    cancel: async (job, { force = false } = {}) => {
      const running = jobs.get(job.run.id);
      (force ? running?.force : running?.gentle)?.abort("SIGINT");
    },
    changed: async () => {
      await changed;
      changed = new Promise<void>((resolve) => wake = resolve);
    },
  };
}

/** Executes a run of any layout, and does what there is to do when it has ended. */
async function execute(
  run: Run,
  options: ExecRunOptions,
): Promise<CommandResult & { readonly scopeReasons: readonly string[] }> {
  if (isGuildMeta(run.metaDir)) return await execGuildRun(run, options);
  const result = await execRun(run, options);
  const { signal: _signal, force: _force, onOutput: _onOutput, ...phase } = options;
  await finalizeRun(run, phase);
  return result;
}

/**
 * Takes a run through its phases on the terminal.
 *
 * @module
 */

import { existsSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { setImmediate } from "node:timers/promises";
import { runMetaPath } from "../../lib/meta/run_paths.ts";
import { userAttributesDir } from "../../lib/meta/user_attributes.ts";
import type { RunPlan } from "../../lib/project/plan_run.ts";
import { associateProject } from "../../lib/run/associate_project.ts";
import { type ExecResult, execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { initRunMeta } from "../../lib/run/init_run_meta.ts";
import { makeRun } from "../../lib/run/make_run.ts";
import type { PhaseOptions } from "../../lib/run/phase_options.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import type { Run } from "../../lib/types.ts";
import { formatDuration } from "./format.ts";
import { surviveClosedPipe } from "./closed_pipe.ts";
import { InterruptedError } from "./interrupted_error.ts";
import { detail, note, pass, warn } from "./print.ts";
import { progressLine } from "./progress_line.ts";
import { trapSignals } from "./signals.ts";
import { styled } from "./styled.ts";
import { shortPath } from "./short_path.ts";

/** Options of the functions here. */
export interface CarryOutOptions extends Pick<PhaseOptions, "scope" | "permissions" | "onWarning"> {
  /** Stream that the command's stdout goes to. Default: stdout. */
  output?: "stdout" | "stderr";
  /** Milliseconds that a command may take. Default: no limit. */
  timeLimit?: number;
}

/** Makes a run and initializes its meta; nothing is left behind when that fails. */
export async function makeAndInit(
  runsDir: string,
  projectDir: string,
  plan: RunPlan,
): Promise<Run> {
  const run = await makeRun(runsDir);
  try {
    await initRunMeta(run, plan);
    await associateProject(run, projectDir);
  } catch (error) {
    for (const path of [run.metaDir, userAttributesDir(run), run.runDir]) {
      rmSync(path, { recursive: true, force: true });
    }
    throw error;
  }
  return { ...run, opref: plan.opref };
}

/** Stages a run; what its commands print goes to stderr. */
export async function stage(
  run: Run,
  projectDir: string,
  options: CarryOutOptions = {},
): Promise<void> {
  await underSignals(
    { ...options, output: "stderr" },
    async (phase) => {
      await stageRun(run, projectDir, phase);
      // Asked to end at the very last, it must not go on with the next phase.
      await setImmediate();
      if (phase.signal?.aborted) {
        throw new Error(`Interrupted by ${phase.signal.reason}; run '${run.id}' is staged`);
      }
    },
  );
}

/** Executes a staged run; returns how it ended. Sets the exit code to the command's. */
export async function execute(run: Run, options: CarryOutOptions = {}): Promise<ExecResult> {
  const result = await underSignals(
    options,
    (phase) => execRun(run, { ...phase, stdin: "inherit" }),
  );
  // Its own failure comes first; else what went wrong with our output counts.
  process.exitCode = exitCode(result) || process.exitCode;
  return result;
}

/** Finalizes a run, and returns it sealed. Says how to go on with one that could not be. */
export async function seal(run: Run, options: CarryOutOptions = {}): Promise<Run> {
  try {
    return await underSignals({ ...options, output: "stderr" }, (phase) => finalizeRun(run, phase));
  } catch (error) {
    if (existsSync(runMetaPath(run, "stopped"))) {
      note(`run ${run.name} is over, but not sealed; go on with: runlit finalize ${run.name}`);
    }
    throw error;
  }
}

/** The code that a shell would report for the command. */
export function exitCode(result: Pick<ExecResult, "signal" | "exitCode">): number {
  if (result.signal === null) return result.exitCode ?? 1;
  return 128 + (constants.signals[result.signal as NodeJS.Signals] ?? 0);
}

/** Says which run it was, how it ended and where it is. */
export async function closingLine(
  run: Run,
  result: Omit<ExecResult, "run" | "outputFile">,
): Promise<void> {
  const status = await runStatus(run);
  const color = status === "completed" ? "green" : "red";
  const time = formatDuration(result.durationMs);
  const why = result.ok ? "" : `, ${result.message ?? `exit code ${result.exitCode}`}`;
  for (const reason of result.scopeReasons) warn(reason);
  note(
    `${styled(status, color, "stderr")} ${styled(run.name, "bold", "stderr")} ` +
      `(${time}${why}): ${shortPath(run.runDir)}`,
  );
}

/**
 * Calls a phase with output, progress and signals connected to the terminal. It is carried out to
 * its end, whoever reads what it prints.
 */
async function underSignals<T>(
  options: CarryOutOptions,
  call: (phase: PhaseOptions) => Promise<T>,
): Promise<T> {
  surviveClosedPipe();
  const trap = trapSignals();
  const line = progressLine();
  const toStderr = options.output === "stderr";
  try {
    return await call({
      signal: trap.signal,
      force: trap.force,
      timeLimit: options.timeLimit,
      scope: options.scope,
      permissions: options.permissions,
      onWarning: options.onWarning ?? warn,
      onPhase: ({ phase, command }) =>
        detail(`${phase}: ${typeof command === "string" ? command : command.join(" ")}`),
      onOutput: (chunk, stream) => {
        line.clear();
        return pass(chunk, stream === 1 || toStderr ? "stderr" : "stdout");
      },
      onProgress: ({ percent, text }) => line.update(percent === null ? text : `${percent}%`),
    });
  } catch (error) {
    if (!trap.signal.aborted) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new InterruptedError(trap.signal.reason, message, { cause: error });
  } finally {
    line.clear();
    trap.release();
  }
}

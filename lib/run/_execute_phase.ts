/**
 * Executes the command of a phase, and records that it did.
 *
 * @module
 */

import { mkdirSync } from "node:fs";
import { constants } from "node:os";
import { dirname, resolve } from "node:path";
import { PhaseError, ProjectError } from "../errors.ts";
import { metaLayout } from "../meta/meta_layout.ts";
import { logRunner } from "../meta/runner_log.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import { phaseEnv } from "../phases/run_env.ts";
import { type CommandResult, runCommand } from "../phases/run_command.ts";
import type { ScopePlan } from "../phases/scope/plan_scope.ts";
import { scopeReasons } from "../phases/scope/scope_reasons.ts";
import type { Command, OpDef, PhaseName, Run } from "../types.ts";
import { type PhaseCommand, phaseCommand } from "./_phase_command.ts";
import { pythonRepr } from "./_python_repr.ts";
import { scopePhase } from "./_scope_phase.ts";
import type { DigestOptions } from "./_digests.ts";
import { type LockOptions, withLock } from "./_with_lock.ts";
import type { PhaseOptions } from "./phase_options.ts";

/**
 * Executes the command that an operation has for a phase other than `run`. Returns whether it has
 * one, and so whether the run directory may have changed.
 *
 * @throws {PhaseError} The command failed.
 */
export async function executePhase(
  run: Run,
  opdef: OpDef,
  phase: PhaseName,
  options: PhaseOptions & LockOptions & DigestOptions & { projectDir?: string },
): Promise<boolean> {
  const spec = phaseCommand(opdef, phase);
  if (spec === null) return false;
  const { projectDir } = options;
  // Whatever it does, it may do to the files that are there.
  options.digests?.clear();
  if (spec.inProject && projectDir === undefined) {
    throw new ProjectError(`Cannot execute '${spec.key}' of '${opdef.name}': it needs a project`);
  }
  const vars: Record<string, string> = { run_id: run.id, run_dir: resolve(run.runDir) };
  if (projectDir !== undefined) vars.project_dir = resolve(projectDir);
  const result = await executeCommand(run, opdef, spec, {
    ...options,
    ownEnv: Object.keys(vars),
    cwd: spec.inProject ? resolve(projectDir!) : run.runDir,
    env: phaseEnv({ inherited: process.env, vars }),
  });
  if (result.ok) return true;
  throw new PhaseError({
    run,
    phase,
    key: spec.key,
    command: spec.command,
    exitCode: result.exitCode,
    signal: result.signal,
    outputFile: runMetaPath(run, "output", spec.output),
    reason: [failureReason(result), ...result.scopeReasons].join("; "),
  });
}

/** What {@link executeCommand} needs beside the command. */
export interface ExecuteOptions extends PhaseOptions, LockOptions {
  cwd: string;
  env: Record<string, string>;
  /** Names of the variables that are the run's or the command's own. */
  ownEnv: readonly string[];
  projectDir?: string;
  /** Is called under the lock before anything is executed. */
  onLocked?: () => void;
}

/** How a phase's command ended. */
export interface PhaseResult extends CommandResult {
  /** What the command failed for, if that is something that its scope withheld. */
  readonly scopeReasons: readonly string[];
}

/** Executes a phase's command under the run's lock, with its output captured and its exit logged. */
export async function executeCommand(
  run: Run,
  opdef: OpDef,
  spec: PhaseCommand,
  options: ExecuteOptions,
): Promise<PhaseResult> {
  const { key, command, output, phase } = spec;
  const words = WORDS[metaLayout(run)];
  const path = runMetaPath(run, "output", output);
  return await withLock(run, options, async (lock) => {
    const { projectDir, ownEnv: own } = options;
    const plan = await scopePhase(run, { opdef, phase, projectDir, own, command }, options);
    options.onLocked?.();
    mkdirSync(dirname(path), { recursive: true });
    logRunner(run, words.starting(key, output, command));
    if (words.lock) logRunner(run, "Writing meta proc/lock");
    options.onPhase?.({ phase: key, command });
    const result = await runCommand(command, {
      ...options,
      timeLimit: options.timeLimit ?? plan?.timeLimit,
      grace: options.grace ?? plan?.grace,
      outputLimit: plan?.outputLimit,
      wrap: plan?.wrapper ?? undefined,
      output: { path, index: `${path}.index` },
      onSpawn: (pid) => lock.update(pid),
    });
    logRunner(run, `Exit code for ${key}: ${exitNumber(result)}`);
    if (words.lock) logRunner(run, "Deleting meta proc/lock");
    const scopeReasons = plan === null || result.ok ? [] : await explainFailure(run, plan, path);
    return { ...result, scopeReasons };
  });
}

async function explainFailure(run: Run, plan: ScopePlan, path: string): Promise<string[]> {
  const reasons = await scopeReasons(plan, path);
  for (const reason of reasons) logRunner(run, `Scope: ${reason}`);
  return reasons;
}

/**
 * The exit code as Gage records it: negative for the signal that ended the command. One that did not
 * start has none: it counts as ended by `SIGTERM` if it was asked to end, else as not executable.
 */
export function exitNumber(result: CommandResult): number {
  if (result.signalNumber !== null) return -result.signalNumber;
  return result.exitCode ?? (result.reason === "aborted" ? -constants.signals.SIGTERM : 126);
}

function failureReason(result: CommandResult): string {
  if (result.message !== undefined) return result.message;
  if (result.signal !== null) return `was ended by ${result.signal}`;
  return `exited with ${result.exitCode}`;
}

/** The runner log's wording goes with the layout. */
const WORDS = {
  text: {
    lock: false,
    starting: (key: string, output: string, command: Command) =>
      `Running ${key} (see output/${output} for output): ${pythonRepr(command)}`,
  },
  json: {
    lock: true,
    starting: (key: string, output: string, command: Command) =>
      `Starting ${key} (see output/${output}): ${
        typeof command === "string" ? command : pythonRepr(command)
      }`,
  },
} as const;

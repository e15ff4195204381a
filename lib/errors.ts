/**
 * Errors that callers of the library may want to tell apart.
 *
 * @module
 */

import type { Command, PhaseName, Run } from "./types.ts";

/** What went wrong in a phase of a run. */
export interface PhaseFailure {
  readonly run: Run;
  readonly phase: PhaseName;
  /** Name of the phase as the operation's definition spells it, such as `copy-deps`. */
  readonly key: string;
  readonly command: Command;
  /** Exit code, or null when a signal ended the command or it never started. */
  readonly exitCode: number | null;
  /** Name of the signal that ended the command, such as `SIGKILL`. */
  readonly signal: string | null;
  /** File that holds what the command printed. */
  readonly outputFile: string;
  /** What happened, in words. */
  readonly reason: string;
}

/** A phase's command failed: the run stays as it is, readable, and can be staged again. */
export class PhaseError extends Error implements PhaseFailure {
  override readonly name = "PhaseError";
  readonly run: Run;
  readonly phase: PhaseName;
  readonly key: string;
  readonly command: Command;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly outputFile: string;
  readonly reason: string;

  constructor(failure: PhaseFailure, options?: ErrorOptions) {
    const command = typeof failure.command === "string"
      ? failure.command
      : failure.command.join(" ");
    super(
      `Phase '${failure.key}' of run '${failure.run.id}' failed: '${command}' ` +
        `${failure.reason} (output in '${failure.outputFile}')`,
      options,
    );
    this.run = failure.run;
    this.phase = failure.phase;
    this.key = failure.key;
    this.command = failure.command;
    this.exitCode = failure.exitCode;
    this.signal = failure.signal;
    this.outputFile = failure.outputFile;
    this.reason = failure.reason;
  }
}

/** Something a run needs is not in the state that the call requires. */
export class RunStateError extends Error {
  override readonly name = "RunStateError";
  readonly run: Run;

  constructor(message: string, run: Run, options?: ErrorOptions) {
    super(message, options);
    this.run = run;
  }
}

/** A dependency that could not be resolved. */
export class DependencyError extends Error {
  override readonly name = "DependencyError";
}

/** A project file, or the definition of an operation in it, that cannot be used. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";
  /** Path of the project file, where there is one. */
  readonly path: string | undefined;

  constructor(message: string, path?: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

/** A file or directory that has to be there is missing; `path` names it. */
export class NotFoundError extends Error {
  override readonly name = "NotFoundError";
  readonly code = "ENOENT";
  readonly path: string;

  constructor(message: string, path: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

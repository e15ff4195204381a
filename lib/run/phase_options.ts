/**
 * What a caller may ask of every phase that executes a command.
 *
 * @module
 */

import type { Permissions } from "../phases/scope/permissions.ts";
import type { ScopePolicy } from "../phases/scope/scope_policy.ts";

/** Options of the functions that execute a phase. */
export interface PhaseOptions {
  /**
   * Ends the phase's command and all its processes when it aborts: gently first, for good after
   * `grace`. A reason that is the name of a signal (`SIGINT`) is the gentle signal.
   */
  signal?: AbortSignal;
  /** Aborts when the caller will wait no longer: the processes are killed at once. */
  force?: AbortSignal;
  /** Milliseconds that the command may take. Default: no limit. */
  timeLimit?: number;
  /** Milliseconds between asking a command to end and killing it. Default: 10,000. */
  grace?: number;
  /**
   * Is given the command's output while it runs; `stream` is 0 for stdout and 1 for stderr. The
   * command waits for a promise that it returns.
   */
  onOutput?: (chunk: Uint8Array, stream: 0 | 1) => void | Promise<void>;
  /** Is told how far the command is, when its output shows a progress bar. */
  onProgress?: (progress: { percent: number | null; text: string }) => void;
  /**
   * How a phase's permissions are enforced: `require` fails where they cannot be, `prefer` warns,
   * `off` ignores them. Default: `prefer` where there are permissions, else no scope at all.
   */
  scope?: ScopePolicy;
  /** Permissions of the project; those of the operation are added. Default: none. */
  permissions?: readonly Permissions[];
  /** Is given each warning, which the runner log gets too. */
  onWarning?: (message: string) => void;
  /** Is told when a phase's command starts. */
  onPhase?: (phase: PhaseStart) => void;
}

/** A command that a phase is about to execute. */
export interface PhaseStart {
  readonly phase: string;
  readonly command: string | readonly string[];
}

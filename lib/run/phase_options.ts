/**
 * What a caller may ask of every phase that executes a command.
 *
 * @module
 */

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
  /** Is told when a phase's command starts. */
  onPhase?: (phase: PhaseStart) => void;
}

/** A command that a phase is about to execute. */
export interface PhaseStart {
  readonly phase: string;
  readonly command: string | readonly string[];
}

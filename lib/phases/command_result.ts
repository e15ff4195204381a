/**
 * What is known about a command that has been run.
 *
 * @module
 */

import type { Stragglers } from "./_end_group.ts";
import type { CommandOutcome } from "./command_wrapper.ts";

export type { Stragglers } from "./_end_group.ts";

/** How a command ended, and what it printed. */
export interface CommandResult extends CommandOutcome {
  /** Number of the signal that ended the command. */
  readonly signalNumber: number | null;
  /** Process ID, or null if the command did not start. */
  readonly pid: number | null;
  readonly durationMs: number;
  /** Bytes that the command wrote to both streams. */
  readonly bytes: number;
  /** Lines that were stored; an unterminated last line counts. */
  readonly lines: number;
  /** Why the stored output is not complete, if it is not. The command itself went on. */
  readonly outputError?: string;
  /** What became of processes that outlived the command. */
  readonly stragglers: Stragglers;
  /** A daemon of the command still had its output open: what it writes later is not recorded. */
  readonly detachedOutput: boolean;
}

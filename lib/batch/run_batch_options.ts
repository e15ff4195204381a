/**
 * How a batch is run.
 *
 * @module
 */

import type { CopySourcecodeOptions } from "../run/copy_sourcecode.ts";
import type { BatchTrial } from "./batch.ts";
import type { Job, JobEnd, Scheduler } from "./scheduler.ts";

/** Options of `runBatch`. */
export interface RunBatchOptions {
  readonly scheduler: Scheduler;
  /** Trials at a time. Default: 1. */
  readonly jobs?: number;
  /** Start no more trials once one has failed. Default: false. */
  readonly failFast?: boolean;
  /**
   * Ends all trials when it aborts; what has not started stays pending. A reason that is the name of
   * a signal is the signal that trials get, and that the batch was ended by. Default: `SIGINT`.
   */
  readonly signal?: AbortSignal;
  /** Kills them. */
  readonly force?: AbortSignal;
  /** How trials are staged. */
  readonly stage?: CopySourcecodeOptions;
  /** Is told how many trials are completed already, before any starts. */
  readonly onPlan?: (completed: number) => void;
  /**
   * Is told of a trial whose runner was killed, and whose command goes on: it is waited for. Gets the
   * ID of its process group.
   */
  readonly onWait?: (trial: BatchTrial, pid: number) => void;
  /** Is told when a trial starts. */
  readonly onStart?: (trial: BatchTrial, job: Job) => void;
  /** Is told how a trial ended; one that could not be staged ends without having started. */
  readonly onEnd?: (trial: BatchTrial, job: Job, end: JobEnd) => void;
}

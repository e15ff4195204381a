/**
 * What layouts of batches differ in.
 *
 * @internal
 * @module
 */

import type { CopySourcecodeOptions } from "../run/copy_sourcecode.ts";
import type { RunStatus } from "../run/run_status.ts";
import type { Run } from "../types.ts";
import type { Batch, BatchTrial } from "./batch.ts";

/** A trial's status: that of its run, or `missing` as long as there is none. */
export type TrialStatus = RunStatus | "missing";

/** How a batch and its trials are kept on disk. */
export interface TrialLayout {
  /** An ID for the run of a trial. */
  newId(): string;
  /** The run of a trial, which need not exist. */
  locate(batch: Batch, trial: BatchTrial): Run;
  status(batch: Batch, trial: BatchTrial): Promise<TrialStatus>;
  /** Makes the run of a trial of which there is none, or not all. */
  make(batch: Batch, trial: BatchTrial): Promise<Run>;
  /** Gets a trial that is made ready to be executed. */
  stage(batch: Batch, trial: BatchTrial, run: Run, options: CopySourcecodeOptions): Promise<void>;
  /** Leaves a trial that is staged to whoever starts it. */
  leave(batch: Batch, trial: BatchTrial): void;
  /** Does what was left to do for a trial that ended just before its runner did. */
  finish(batch: Batch, trial: BatchTrial): Promise<void>;
  /** Files that have to be on the disk, so that a trial that has ended does not have to run again. */
  records(batch: Batch, trial: BatchTrial): readonly string[];
  /** Records that trials are going to be run. */
  start(batch: Batch): void;
  /** Records the exit code of the batch: negative for a signal. */
  stop(batch: Batch, code: number): void;
  /** Closes a batch of which all trials are completed. */
  seal(batch: Batch): Promise<void>;
  /** Says in the batch's output that a trial runs, where the layout has that; null elsewhere. */
  announce(batch: Batch, trial: BatchTrial): string | null;
  /** Adds to the batch's output what a trial has printed, where the layout has that. */
  collect(batch: Batch, trial: BatchTrial, started: number): void;
}

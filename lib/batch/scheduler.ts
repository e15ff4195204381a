/**
 * Who executes the trials of a batch.
 *
 * @module
 */

import type { Run } from "../types.ts";

/** A trial that was submitted. */
export interface Job {
  readonly run: Run;
  /** ID of its batch. */
  readonly batch: string;
  /** Place that it occupies, counted from 0: two jobs at a time never have the same. */
  readonly slot: number;
}

/** How a job ended. */
export interface JobEnd {
  readonly ok: boolean;
  /** Why not; empty if nothing is to be said. */
  readonly reason: string;
}

/**
 * How far a job is: its command runs; it has ended, so that another job may have its slot, but its
 * records are not complete; all is done. A job that failed is a state like any other.
 */
export type JobState =
  | { readonly state: "running" }
  | ({ readonly state: "ending" | "done" } & JobEnd);

/** How a job is to end. */
export interface CancelOptions {
  /** Kill it. Default: false. */
  readonly force?: boolean;
  /** The signal that it is to get: `SIGINT`, `SIGTERM` or `SIGHUP`. Default: `SIGINT`. */
  readonly signal?: NodeJS.Signals;
}

/**
 * Executes staged runs: here, or on a cluster. A run has everything it needs in its run directory
 * and meta, so that a job depends on nothing of the process that submitted it.
 */
export interface Scheduler {
  /** Hands a staged run over. */
  submit(job: Job): Promise<void>;
  /** Tells how far a job is. */
  poll(job: Job): Promise<JobState>;
  /** Asks a job to end; with `force`, at once. Its state tells when it has. */
  cancel(job: Job, options?: CancelOptions): Promise<void>;
  /** Resolves when it is time to poll again. */
  changed(): Promise<void>;
}

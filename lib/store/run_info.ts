/**
 * What a listing shows of a run.
 *
 * @module
 */

import type { RunStatus } from "../meta/status_of_files.ts";
import type { Config, JsonValue, Run } from "../types.ts";

/** A run, with what a listing shows of it. Times are in microseconds since the epoch. */
export interface RunInfo extends Run {
  readonly status: RunStatus;
  readonly initialized: number | null;
  readonly staged: number | null;
  readonly started: number | null;
  readonly stopped: number | null;
  /** Exit code of the command, negative for a signal; null if it has not ended or is not known. */
  readonly exitCode: number | null;
  /** What the user calls the run, or else its summary. */
  readonly label: string | null;
  /** Config values by key, if they were asked for. */
  readonly config: Config | null;
  /** The summary, if it was asked for and there is one. */
  readonly summary: JsonValue;
}

/** What to read of a run beside what is always read. */
export interface ReadRunInfoOptions {
  /** Whether to read the config. @default {false} */
  readonly config?: boolean;
  /** Whether to read the summary. @default {false} */
  readonly summary?: boolean;
  /** Gets a message for each thing that cannot be read and can be done without. */
  readonly onWarning?: (message: string) => void;
}

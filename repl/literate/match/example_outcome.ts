/**
 * What came of running an example.
 *
 * @module
 */

/** What an example printed, and how it ended. */
export interface ExampleOutcome {
  /** All that was written, in order; the shown value of an expression included. */
  readonly output: string;
  /** What was thrown; null or missing when nothing was. */
  readonly error?: ExampleError | null;
  /** Exit code of a shell example; null when a signal ended it. */
  readonly exitCode?: number | null;
  /** Why there is no end: the time was up, or the process is gone. */
  readonly broken?: string | null;
  readonly durationMs?: number;
}

/** Something thrown. */
export interface ExampleError {
  /** Name of the error's class; empty for what is not an error. */
  readonly name: string;
  /** Its message; of what is no error, what it is shown as, such as `Uncaught 42`. */
  readonly message: string;
  /** Frames of the user's code, such as `at f (doc.md:3:5)`. */
  readonly stack?: readonly string[];
}

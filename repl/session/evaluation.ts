/**
 * What evaluating a source gives.
 *
 * @module
 */

/** What evaluating a source gave. */
export type Evaluation =
  | {
    readonly status: "value";
    /** The awaited value of the last statement; undefined for anything but an expression. */
    readonly value: unknown;
    /**
     * Whether the expression's own value was a promise; or may have been, where the source awaits
     * something: then its value is awaited with the rest. Missing if it was none.
     */
    readonly awaited?: true;
  }
  | {
    readonly status: "error";
    /** What was thrown, or a {@linkcode SourceError}: the very object, same realm. */
    readonly error: unknown;
  }
  | {
    /** It took longer than allowed. Synchronous code was ended; what it awaits was abandoned. */
    readonly status: "timeout";
    /** Why, in words, such as `no result after 30 s`. */
    readonly reason: string;
  }
  | {
    /** `interrupt()` was called while it was awaiting. */
    readonly status: "interrupted";
  };

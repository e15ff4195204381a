/**
 * The error for a command line that cannot be carried out as written.
 *
 * @module
 */

/** A mistake in the command line itself: `runlit` prints the message and exits with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

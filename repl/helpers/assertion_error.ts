/**
 * The error of an assertion that failed.
 *
 * @module
 */

/** An assertion failed. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

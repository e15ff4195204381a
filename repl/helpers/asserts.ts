/**
 * States what has to hold.
 *
 * @module
 */

import { inspect, isDeepStrictEqual } from "node:util";

/** What `assert()` and `assertEquals()` throw. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/**
 * Throws unless a condition holds.
 *
 * @throws {AssertionError} It does not.
 */
export function assert(condition: unknown, message = "assertion failed"): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/**
 * Throws unless two values are equal, members and all.
 *
 * @throws {AssertionError} They are not; the message shows both.
 */
export function assertEquals(actual: unknown, expected: unknown, message?: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  const shown = `${inspect(actual, { depth: 5 })} is not ${inspect(expected, { depth: 5 })}`;
  throw new AssertionError(message === undefined ? shown : `${message}: ${shown}`);
}

/**
 * Asserts that two values are equal.
 *
 * @module
 */

import { inspect, isDeepStrictEqual } from "node:util";
import { AssertionError } from "./assertion_error.ts";

/**
 * Throws an `AssertionError` unless two values are equal, in depth and of the same types.
 *
 * @param message What the error says before both values.
 */
export function assertEquals(actual: unknown, expected: unknown, message?: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  const values = `${inspect(actual)} is not ${inspect(expected)}`;
  throw new AssertionError(message === undefined ? values : `${message}: ${values}`);
}

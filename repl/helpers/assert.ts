/**
 * Asserts that something holds.
 *
 * @module
 */

import { inspect } from "node:util";
import { AssertionError } from "./assertion_error.ts";

/**
 * Throws an `AssertionError` unless the value is true, or counts as true.
 *
 * @param message What the error says. Default: what the value is instead.
 */
export function assert(value: unknown, message?: string): asserts value {
  if (!value) throw new AssertionError(message ?? `${inspect(value)} is not true`);
}

/**
 * Durations on the command line.
 *
 * @module
 */

import { UsageError } from "./usage_error.ts";

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads a duration such as `90s`, `15min` or `1.5h` as milliseconds; a bare number is seconds.
 *
 * @throws {UsageError} It is none.
 */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)?$/.exec(text.trim());
  if (match === null || Number(match[1]) === 0) {
    throw new UsageError(`'${text}' is not a duration, such as 90s, 15min or 2h`);
  }
  return Math.round(Number(match[1]) * UNITS[match[2] ?? "s"]);
}

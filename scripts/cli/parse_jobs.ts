/**
 * Numbers of things on the command line.
 *
 * @module
 */

import { UsageError } from "./usage_error.ts";

/** Parses a number of trials or jobs, at least 1. */
export function parseJobs(text: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`'${text}' is not a number from 1 on`);
}

/** Parses a seed. */
export function parseSeed(text: string): number {
  if (/^[0-9]{1,10}$/.test(text)) return Number(text);
  throw new UsageError(`'${text}' is not a seed, which is a whole number`);
}

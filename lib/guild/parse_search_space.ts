/**
 * Functions that stand for values to be sampled: `[0:10]`, `uniform[0:1]`, `loguniform[1e-5:1e-1]`.
 *
 * @module
 */

import { plainNumber } from "../meta/guild/plain_scalar.ts";
import { FlagError } from "./flag_error.ts";

/** A range of values to sample from. */
export interface SearchSpace {
  readonly low: number;
  readonly high: number;
  /** Whether all values between are whole numbers, `high` included. */
  readonly int: boolean;
  /** Whether it is the logarithm that is spread evenly. */
  readonly log: boolean;
  /** Value of the first trial. */
  readonly init?: number;
}

/**
 * Parses a search function; null for text that is none.
 *
 * `[low:high]` and `uniform[low:high]` are integers if both ends are, else floats;
 * `loguniform[low:high]` floats whose logarithms are spread evenly. A third number is the value of
 * the first trial.
 *
 * @throws {FlagError} The numbers make no range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseSearchSpace } from "runlit/parse-search-space";
 *
 * assert.deepEqual(parseSearchSpace("[1:10]"), { low: 1, high: 10, int: true, log: false });
 * assert.equal(parseSearchSpace("[1,10]"), null);
 * ```
 */
export function parseSearchSpace(text: string): SearchSpace | null {
  const match = /^(uniform|loguniform)?\[([^[\]]*:[^[\]]*)\]$/.exec(text.trim());
  if (match === null) return null;
  const [, name, inner] = match;
  const words = inner.split(":").map((word) => word.trim());
  const numbers = words.map((word) => plainNumber(word));
  // A list of one map, `[a: 1]`, is written like a range.
  if (name === undefined && numbers.some((number) => number === undefined)) return null;
  const refuse = (why: string) =>
    new FlagError(`Cannot use '${text}': ${why}, as in '${name ?? ""}[LOW:HIGH]'`);
  if (words.length < 2 || words.length > 3) throw refuse("it takes 2 or 3 numbers");
  if (!numbers.every((number) => typeof number === "number" && Number.isFinite(number))) {
    throw refuse("it takes numbers with ':' between them");
  }
  const [low, high, init] = numbers as number[];
  if (low >= high) throw refuse(`${words[0]} is not less than ${words[1]}`);
  const log = name === "loguniform";
  if (log && low <= 0) throw refuse("a logarithm needs a range above 0");
  if (init !== undefined && (init < low || init > high)) {
    throw refuse(`${words[2]} is not between ${words[0]} and ${words[1]}`);
  }
  const int = !log && words.slice(0, 2).every((word) => /^[-+]?\d+$/.test(word));
  return { low, high, int, log, ...(init === undefined ? {} : { init }) };
}

/**
 * Functions that stand for a list of values: `range[1:5]`, `linspace[0:1:5]`, ….
 *
 * @module
 */

import { plainNumber } from "../meta/guild/plain_scalar.ts";
import { FlagError } from "./flag_error.ts";

/** More values than this are a mistake: `range[0:1e9]`. */
const MOST = 1_000_000;

/**
 * Parses a sequence function, and returns its values; null for text that is none.
 *
 * | text | values |
 * |---|---|
 * | `range[1:5]`, `range[1:10:3]` | 1 to 5; 1, 4, 7, 10. Never beyond the end |
 * | `range[5]` | 0 to 4 |
 * | `linspace[a:b]`, `linspace[a:b:n]` | n numbers (5) from a to b |
 * | `logspace[a:b:n:base]` | powers of the base (10), exponents from a to b |
 * | `geomspace[a:b:n]` | numbers from a to b, each the same multiple of the one before |
 *
 * @throws {FlagError} It has too many or too few numbers, or one that it cannot use.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseSequence } from "runlit/parse-sequence";
 *
 * assert.deepEqual(parseSequence("range[0:1:0.3]"), [0, 0.3, 0.6, 0.9]);
 * assert.deepEqual(parseSequence("logspace[-2:0:3]"), [0.01, 0.1, 1]);
 * assert.equal(parseSequence("hello"), null);
 * ```
 */
export function parseSequence(text: string): number[] | null {
  const match = /^(range|linspace|logspace|geomspace)\[([^\]]*)\]$/.exec(text.trim());
  if (match === null) return null;
  const [, name, inner] = match;
  const usage = USAGE[name as keyof typeof USAGE];
  const parts = inner.split(":").map((part) => plainNumber(part.trim()));
  const refuse = (why: string) => new FlagError(`Cannot use '${text}': ${why}, as in ${usage}`);
  if (parts.some((part) => typeof part !== "number" || !Number.isFinite(part))) {
    throw refuse("it takes numbers with ':' between them");
  }
  const numbers = parts as number[];
  const [least, most] = name === "range" ? [1, 3] : name === "logspace" ? [2, 4] : [2, 3];
  if (numbers.length < least || numbers.length > most) {
    throw refuse(`it takes ${least} to ${most} numbers`);
  }
  const values = name === "range" ? range(numbers, refuse) : spaced(name, numbers, refuse);
  return values.map(tidy);
}

const USAGE = {
  range: "'range[START:END:STEP]'",
  linspace: "'linspace[START:END:COUNT]'",
  logspace: "'logspace[START:END:COUNT:BASE]'",
  geomspace: "'geomspace[START:END:COUNT]'",
} as const;

type Refuse = (why: string) => FlagError;

function range(numbers: readonly number[], refuse: Refuse): number[] {
  const [start, end, step] = numbers.length === 1
    ? [0, numbers[0] - 1, 1]
    : [numbers[0], numbers[1], numbers[2] ?? 1];
  if (step === 0) throw refuse("its step is 0");
  // What binary fractions get wrong must not cost the last value.
  const count = Math.floor((end - start) / step + 1e-9) + 1;
  if (count > MOST) throw refuse(`it has ${count} values`);
  return Array.from({ length: Math.max(0, count) }, (_, i) => start + i * step);
}

function spaced(name: string, numbers: readonly number[], refuse: Refuse): number[] {
  const [start, end, count = 5, base = 10] = numbers;
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    throw refuse(`${count} is not a number of values`);
  }
  if (name === "geomspace" && (start === 0 || end === 0 || start * end < 0)) {
    throw refuse("its ends have to have the same sign, and cannot be 0");
  }
  if (base <= 0) throw refuse("its base has to be greater than 0");
  return Array.from({ length: count }, (_, i) => {
    const part = count === 1 ? 0 : i / (count - 1);
    if (i === count - 1 && count > 1 && name !== "logspace") return end;
    if (name === "geomspace") return start * (end / start) ** part;
    const value = start + part * (end - start);
    return name === "logspace" ? base ** value : value;
  });
}

/** `0.30000000000000004` is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(15)) + 0;
}

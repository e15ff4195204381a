/**
 * Seeded random values for tests that try many.
 *
 * @module
 */

import type { JsonValue } from "../../lib/types.ts";

/** Random choices that are the same for the same seed. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(items: readonly T[]): T;
}

/** Makes a generator (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return { below, pick: (items) => items[below(items.length)] };
}

const PIECES = [
  ..."abz019 _-.:,;#&*!|>%@`$\\'\"[]{}()<>=+~?/\t\n\r\0\x07\x1b\x7f\x85\xa0éßñ漢字\u2028\u200d\ufeff",
  "😀",
  "\r\n",
  '"""',
  "'''",
  "\\n",
  "\\u0041",
  "${x}",
  "{x}",
  " #",
  ": ",
  "- ",
  "\n\n",
  "  ",
  "true",
  "null",
  "1e5",
  "0x10",
  "2024-01-01",
  "---",
  "...",
  "%s",
];

/** A text with everything that formats treat specially. */
export function randomText(random: Random): string {
  if (random.below(8) === 0) {
    return random.pick([
      "",
      "yes",
      "No",
      "~",
      "1",
      "-1.5",
      "1e3",
      "nan",
      ".inf",
      "0o7",
      "1:30",
      "a",
    ]);
  }
  let text = "";
  for (let i = random.below(7); i >= 0; i--) text += random.pick(PIECES);
  return text;
}

/** A finite number: small, large, with and without fraction. */
export function randomNumber(random: Random): number {
  switch (random.below(6)) {
    case 0:
      return random.below(10);
    case 1:
      return -random.below(1_000_000);
    case 2:
      return random.below(1000) / 8;
    case 3:
      return random.pick([1e-7, 1.5e-10, 1e21, 1.2e300, -5e-324, 1e16, 2 ** 53 - 1]);
    default:
      return (random.below(2 ** 31) - 2 ** 30) * 10 ** (random.below(30) - 20);
  }
}

/** A value that all formats hold: without null, and with lists and objects to a depth. */
export function randomValue(random: Random, depth: number = 2): JsonValue {
  const kind = random.below(depth > 0 ? 10 : 8);
  if (kind < 4) return randomText(random);
  if (kind < 7) return randomNumber(random);
  if (kind < 8) return random.below(2) === 0;
  const size = random.below(4);
  const items = Array.from({ length: size }, () => randomValue(random, depth - 1));
  if (kind === 8) return items;
  return Object.fromEntries(items.map((item) => [randomText(random), item]));
}

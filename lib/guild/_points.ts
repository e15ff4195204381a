/**
 * Points that are spread over a cube of any number of dimensions.
 *
 * @module
 */

import { seededRandom, shuffled } from "./_random.ts";
import { FlagError } from "./flag_error.ts";

/** How points are spread. */
export type Sampler = "random" | "lhs" | "sobol";

/** Makes points with coordinates from 0 up to 1. */
export function spreadPoints(
  sampler: Sampler,
  count: number,
  dimensions: number,
  seed: number,
): number[][] {
  const random = seededRandom(seed);
  if (sampler === "sobol") return sobol(count, dimensions, random);
  const columns = Array.from({ length: dimensions }, () =>
    sampler === "lhs"
      // One point in each of `count` slices, whatever the dimension.
      ? shuffled(Array.from({ length: count }, (_, i) => i), random)
        .map((slice) => (slice + random()) / count)
      : Array.from({ length: count }, random));
  return Array.from({ length: count }, (_, i) => columns.map((column) => column[i]));
}

/** Degree, coefficients and first numbers of primitive polynomials (Joe and Kuo, 2008). */
const DIRECTIONS: readonly (readonly [degree: number, a: number, m: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
];

const BITS = 32;

/** A Sobol sequence, shifted at random so that seeds differ: in Gray code order. */
function sobol(count: number, dimensions: number, random: () => number): number[][] {
  if (dimensions > DIRECTIONS.length + 1) {
    throw new FlagError(
      `Cannot sample ${dimensions} flags with 'sobol': it knows up to ${DIRECTIONS.length + 1}, ` +
        "use 'lhs'",
    );
  }
  const columns = Array.from({ length: dimensions }, (_, dimension) => {
    const numbers = directionNumbers(dimension);
    const shift = Math.floor(random() * 2 ** BITS) >>> 0;
    let state = 0;
    return Array.from({ length: count }, (_, i) => {
      // The lowest bit that the number of the point before does not have.
      if (i > 0) state = (state ^ numbers[31 - Math.clz32(~(i - 1) & i)]) >>> 0;
      return ((state ^ shift) >>> 0) / 2 ** BITS;
    });
  });
  return Array.from({ length: count }, (_, i) => columns.map((column) => column[i]));
}

function directionNumbers(dimension: number): number[] {
  if (dimension === 0) return Array.from({ length: BITS }, (_, i) => (2 ** (BITS - 1 - i)) >>> 0);
  const [degree, a, m] = DIRECTIONS[dimension - 1];
  const numbers: number[] = [];
  for (let i = 0; i < BITS; i++) {
    if (i < degree) {
      numbers.push((m[i] << (BITS - 1 - i)) >>> 0);
      continue;
    }
    let value = numbers[i - degree] ^ (numbers[i - degree] >>> degree);
    for (let k = 1; k < degree; k++) {
      if ((a >> (degree - 1 - k)) & 1) value ^= numbers[i - k];
    }
    numbers.push(value >>> 0);
  }
  return numbers;
}

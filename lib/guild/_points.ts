/**
 * Points that are spread over a cube of any number of dimensions.
 *
 * @module
 */

import { seededRandom, shuffled } from "./_random.ts";
import { FlagError } from "./flag_error.ts";

/** How points are spread. */
export type Sampler = "random" | "lhs" | "sobol";

/** Makes points with coordinates from 0 up to 1, one after the other. */
export function* spreadPoints(
  sampler: Sampler,
  count: number,
  dimensions: number,
  seed: number,
): Generator<number[]> {
  checkDimensions(sampler, dimensions);
  const random = seededRandom(seed);
  const columns = Array.from(
    { length: dimensions },
    (_, dimension) =>
      sampler === "sobol"
        ? sobol(count, dimension, random)
        : sampler === "lhs"
        ? latin(count, random)
        : Float64Array.from({ length: count }, random),
  );
  for (let i = 0; i < count; i++) yield columns.map((column) => column[i]);
}

/** Checks that a sampler has so many dimensions. */
export function checkDimensions(sampler: Sampler, dimensions: number): void {
  if (sampler !== "sobol" || dimensions <= DIRECTIONS.length + 1) return;
  throw new FlagError(
    `Cannot sample ${dimensions} flags with 'sobol': it knows up to ${DIRECTIONS.length + 1}, ` +
      "use 'lhs'",
  );
}

/** One coordinate in each of `count` slices. */
function latin(count: number, random: () => number): Float64Array {
  const slices = shuffled(Array.from({ length: count }, (_, i) => i), random);
  return Float64Array.from(slices, (slice) => (slice + random()) / count);
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

/** A dimension of a Sobol sequence, shifted at random so that seeds differ: in Gray code order. */
function sobol(count: number, dimension: number, random: () => number): Float64Array {
  const numbers = directionNumbers(dimension);
  const shift = Math.floor(random() * 2 ** BITS) >>> 0;
  let state = 0;
  return Float64Array.from({ length: count }, (_, i) => {
    // The lowest bit that the number of the point before does not have.
    if (i > 0) state = (state ^ numbers[31 - Math.clz32(~(i - 1) & i)]) >>> 0;
    return ((state ^ shift) >>> 0) / 2 ** BITS;
  });
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

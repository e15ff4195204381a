/**
 * Random numbers that can be had again.
 *
 * @module
 */

/** Makes a generator of numbers from 0 up to 1 (mulberry32), the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Puts items in a random order. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

/** Chooses some of the numbers from 0 up to `total`, in their order; in time for `count` of them. */
export function chooseIndices(total: number, count: number, random: () => number): number[] {
  const chosen = new Set<number>();
  // Floyd's: each set of numbers is as likely as any other.
  for (let i = total - count; i < total; i++) {
    const index = Math.floor(random() * (i + 1));
    chosen.add(chosen.has(index) ? i : index);
  }
  return [...chosen].sort((a, b) => a - b);
}

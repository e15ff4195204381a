/**
 * The nearest of some names, for error messages.
 *
 * @module
 */

/** Options of {@link suggest}. */
export interface SuggestOptions {
  /** Names that are further away are not near. Default: a third of the longer name. */
  readonly most?: number;
}

/**
 * Finds the name that was probably meant, or null when none is near.
 *
 * Near is an edit distance (with neighbours swapped counting one) of at most a third of the
 * longer name, or a name that begins with what was written.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { suggest } from "runlit/suggest";
 *
 * assert.equal(suggest("trian", ["train", "eval"]), "train");
 * assert.equal(suggest("xyz", ["train", "eval"]), null);
 * ```
 */
export function suggest(
  word: string,
  names: Iterable<string>,
  { most = Infinity }: SuggestOptions = {},
): string | null {
  let best: string | null = null;
  let least = Infinity;
  const lower = word.toLowerCase();
  for (const name of names) {
    const other = name.toLowerCase();
    const far = other.startsWith(lower) && lower.length > 1 ? 0.5 : distance(lower, other);
    if (far < least && far <= Math.min(most, Math.max(lower.length, other.length) / 3 + 0.5)) {
      best = name;
      least = far;
    }
  }
  return best;
}

/** Damerau-Levenshtein distance with adjacent transpositions. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.length];
}

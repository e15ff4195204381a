/**
 * An order for names in which `run2` comes before `run10`.
 *
 * @module
 */

/**
 * Compares two strings for sorting: runs of digits by their number, all else by character code.
 *
 * The order is total and does not depend on the locale: numbers that are equal but written
 * differently (`1`, `01`) fall back to character codes.
 *
 * @example Sort names as people count
 * ```ts
 * import { naturalCompare } from "runlit/natural-compare";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(["a10", "a9", "b1"].sort(naturalCompare), ["a9", "a10", "b1"]);
 * ```
 */
export function naturalCompare(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(j);
    if (isDigit(x) && isDigit(y)) {
      i = skipZeros(a, i);
      j = skipZeros(b, j);
      const iEnd = skipDigits(a, i);
      const jEnd = skipDigits(b, j);
      // Without leading zeros the longer number is the larger one; no number is too big for this.
      if (iEnd - i !== jEnd - j) return iEnd - i - (jEnd - j);
      for (; i < iEnd; i++, j++) {
        if (a.charCodeAt(i) !== b.charCodeAt(j)) return a.charCodeAt(i) - b.charCodeAt(j);
      }
    } else if (x !== y) {
      return x - y;
    } else {
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j) || (a < b ? -1 : a > b ? 1 : 0);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function skipZeros(text: string, index: number): number {
  while (text.charCodeAt(index) === 48) index++;
  return index;
}

function skipDigits(text: string, index: number): number {
  while (isDigit(text.charCodeAt(index))) index++;
  return index;
}

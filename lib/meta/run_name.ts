/**
 * Names that people can say, made from run IDs.
 *
 * @module
 */

const CONSONANTS = "bdfghjklmnprstvz";
const VOWELS = "aiou";

/**
 * Returns the name of a run: its ID's first 32 bits as a proquint, such as `kafom-fikud`.
 *
 * The first eight characters of the ID are read as a hexadecimal number (fewer if the ID is
 * shorter). An ID that does not start with one cannot be pronounced that way and is its own name:
 * one odd directory must never spoil a listing.
 *
 * @example A name, and an ID that has none
 * ```ts
 * import assert from "node:assert/strict";
 * import { runName } from "runlit/run-name";
 *
 * assert.equal(runName("60a825b1-7dd5-4b4f-b4f6-0b1b1e3f0a52"), "kafom-fikud");
 * assert.equal(runName("not-hex"), "not-hex");
 * ```
 */
export function runName(id: string): string {
  const hex = id.slice(0, 8);
  if (!/^[0-9a-f]+$/i.test(hex)) return id;
  const bits = parseInt(hex, 16);
  return `${quint(bits >>> 16)}-${quint(bits & 0xffff)}`;
}

/** Five letters for 16 bits: consonants hold four of them, vowels two. */
function quint(bits: number): string {
  return CONSONANTS[bits >> 12]! + VOWELS[(bits >> 10) & 3]! + CONSONANTS[(bits >> 6) & 15]! +
    VOWELS[(bits >> 4) & 3]! + CONSONANTS[bits & 15]!;
}

/**
 * Run timestamps: microseconds since the epoch.
 *
 * @module
 */

let last = 0;

/**
 * Returns the time in microseconds since the epoch, later than any this process got before.
 *
 * Two timestamps of a run therefore always tell their order, also within a microsecond, and when
 * the clock was set back between them.
 *
 * @example Timestamps tell the order
 * ```ts
 * import assert from "node:assert/strict";
 * import { nextTimestamp } from "runlit/timestamps";
 *
 * assert(nextTimestamp() < nextTimestamp());
 * ```
 */
export function nextTimestamp(): number {
  const clock = Date.now();
  // The precise clock does not follow when the system's is set: then it is the system's that
  // counts.
  const precise = performance.timeOrigin + performance.now();
  const now = Math.floor((Math.abs(precise - clock) <= 2 ? precise : clock) * 1000);
  last = now > last ? now : last + 1;
  return last;
}

/**
 * Reads a timestamp file's text: microseconds since the epoch, or null when it holds none.
 *
 * @param text Decimal digits, as `initialized`, `staged`, `started` and `stopped` hold them. White
 * space around them is tolerated.
 */
export function parseTimestamp(text: string): number | null {
  if (!/^\s*\d{1,16}\s*$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

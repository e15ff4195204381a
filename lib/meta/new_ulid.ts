/**
 * Names that sort by time.
 *
 * @module
 */

import { randomUuid } from "../runtime/random_uuid.ts";

let last = 0;

/**
 * Returns a new name that sorts after those made before: 48 bits of time in milliseconds, then
 * random bits, written as a UUID (version 4).
 *
 * Within a process the time always increases, so that two changes within a millisecond keep their
 * order.
 *
 * @param now Milliseconds since the epoch. Default: the time.
 *
 * @example Names that sort
 * ```ts
 * import assert from "node:assert/strict";
 * import { newUlid } from "runlit/new-ulid";
 *
 * assert(newUlid() < newUlid());
 * ```
 */
export function newUlid(now: number = Date.now()): string {
  last = now > last ? now : last + 1;
  const time = last.toString(16).padStart(12, "0");
  // The version and variant bits of a UUID are where they have to be; only its first 48 bits are
  // replaced.
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUuid().slice(13)}`;
}

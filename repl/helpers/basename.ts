/**
 * The last part of a path.
 *
 * @module
 */

import { basename as lastPart } from "node:path";

/** The last part of a path, without a suffix if it is given. */
export function basename(path: string, suffix?: string): string {
  return lastPart(path, suffix);
}

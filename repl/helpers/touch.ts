/**
 * Makes an empty file.
 *
 * @module
 */

import { closeSync, openSync, utimesSync } from "node:fs";

/** Makes an empty file, or sets the time of a file that is there to now. */
export function touch(path: string): void {
  closeSync(openSync(path, "a"));
  const now = new Date();
  utimesSync(path, now, now);
}

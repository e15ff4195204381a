/**
 * Is it a directory?
 *
 * @module
 */

import { statSync } from "node:fs";

/** Whether a path leads to a directory; no for one that cannot be looked at, or is no path at all. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Makes a directory.
 *
 * @module
 */

import { mkdirSync } from "node:fs";

/** Makes a directory, and those above it that are missing; it may be there already. */
export function makeDir(path: string): void {
  mkdirSync(path, { recursive: true });
}

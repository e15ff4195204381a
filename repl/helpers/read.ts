/**
 * Reads a file.
 *
 * @module
 */

import { readFileSync } from "node:fs";

/** The text of a file. */
export function read(path: string): string {
  return readFileSync(path, "utf8");
}

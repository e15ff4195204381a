/**
 * Whether a module is the program.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** Says whether the module of this URL (`import.meta.url`) is what the process was started with. */
export function isMain(url: string): boolean {
  return process.argv[1] === fileURLToPath(url);
}

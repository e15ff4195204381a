/**
 * Whose meta it is.
 *
 * @internal
 * @module
 */

import { basename } from "node:path";

/** Whether a path is the meta of a Guild run. */
export function isGuildMeta(path: string): boolean {
  return basename(path) === ".guild";
}

/**
 * Is something at a path?
 *
 * @module
 */

import { existsSync } from "node:fs";

/** Whether there is something, as far as we may look: Deno's `existsSync` throws for much of `/dev`. */
export function isThere(path: string): boolean {
  try {
    return existsSync(path);
  } catch {
    return false;
  }
}

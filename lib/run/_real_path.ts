/**
 * Where does a path lead?
 *
 * @module
 */

import { realpathSync } from "node:fs";

/** A path without symbolic links; null if it leads nowhere. */
export function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

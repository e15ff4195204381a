/**
 * Is there something at a path?
 *
 * @module
 */

import { existsSync } from "node:fs";

/** Is there a file or directory at a path? For a symbolic link: at what it points to. */
export function pathExists(path: string): boolean {
  return existsSync(path);
}

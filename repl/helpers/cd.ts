/**
 * Changes the directory.
 *
 * @module
 */

import { homedir } from "node:os";

/** Makes a directory the current one, for helpers, `$` and the whole process. Default: the home. */
export function cd(path: string = homedir()): void {
  process.chdir(path);
  process.env.PWD = process.cwd();
}

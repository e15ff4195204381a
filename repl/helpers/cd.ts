/**
 * Changes the working directory.
 *
 * @module
 */

import { homedir } from "node:os";
import { resolve } from "node:path";

// Documents may have a variable of that name.
const { process } = globalThis;

/** Changes the working directory of the session, and so of what it starts. Default: the home. */
export function cd(path: string = homedir()): void {
  try {
    process.chdir(path);
    // Shells take it for the name of the directory, links and all.
    process.env.PWD = process.cwd();
  } catch (error) {
    throw new Error(`Cannot change to '${resolve(path)}': ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such directory";
  if (code === "ENOTDIR") return "it is no directory";
  return message;
}

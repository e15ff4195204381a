/**
 * Which file does a program's name mean?
 *
 * @module
 * @internal
 */

import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";

/** Options of {@link findProgram}. */
export interface FindProgramOptions {
  /** Directory that relative paths are relative to. Default: the process's. */
  cwd?: string;
  /** Whether a file may be taken. Default: any. */
  accept?: (path: string) => boolean;
}

/**
 * Returns the absolute path of a program, as `execvp` would find it, or null.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { findProgram } from "runlit/find-program";
 *
 * assert.match(findProgram("sh", "/usr/bin:/bin")!, /\/sh$/);
 * assert.equal(findProgram("no-such-program", "/usr/bin:/bin"), null);
 * ```
 */
export function findProgram(
  name: string,
  path: string | undefined,
  options: FindProgramOptions = {},
): string | null {
  const { cwd = process.cwd(), accept = () => true } = options;
  const candidates = name.includes("/")
    ? [resolve(cwd, name)]
    // An empty entry means the working directory.
    : (path ?? "/usr/bin:/bin").split(":").map((dir) =>
      isAbsolute(dir) ? join(dir, name) : resolve(cwd, dir, name)
    );
  return candidates.find((file) => accept(file) && isExecutable(file)) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

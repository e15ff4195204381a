/**
 * Which file does a program's name mean?
 *
 * @module
 * @internal
 */

import { statSync } from "node:fs";
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

/**
 * By its mode, and not by `access`: Deno's knows nothing of groups. Where the mode promises too
 * much, the system says so when the program is started.
 */
function isExecutable(path: string): boolean {
  try {
    const stat = statSync(path);
    return stat.isFile() && (stat.mode & 0o111) !== 0;
  } catch {
    return false;
  }
}

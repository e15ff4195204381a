/**
 * Globs as Gage has them, matched in time that grows with path and pattern, never exponentially.
 *
 * | glob | matches |
 * |---|---|
 * | `*` | any text within a name, dots at its start included |
 * | `?` | one character of a name, or none |
 * | `**` | nothing, or whole names with their separators; a separator behind it belongs to it |
 * | other | itself: `[` and `{` have no meaning |
 *
 * The format is that of the file patterns and config keys of Gage 0.1.2.
 *
 * @module
 */

import { parseGlob, START, step } from "./_glob_steps.ts";

/** Options of {@linkcode compileGlob}. */
export interface GlobOptions {
  /** Character between names: `/` in paths, `.` in config keys. Default: `/`. */
  readonly separator?: string;
}

/**
 * Compiles a glob to a function that tells whether a whole path matches it.
 *
 * @example Match paths, and config keys
 * ```ts
 * import { compileGlob } from "runlit/glob";
 * import assert from "node:assert/strict";
 *
 * const isTest = compileGlob("src/test_*.py");
 * assert.ok(isTest("src/test_glob.py"));
 * assert.ok(!isTest("src/old/test_glob.py"));
 *
 * const isRate = compileGlob("**.lr", { separator: "." });
 * assert.ok(isRate("optimizer.lr"));
 * ```
 */
export function compileGlob(
  glob: string,
  options: GlobOptions = {},
): (path: string) => boolean {
  const separator = options.separator ?? "/";
  const tokens = parseGlob(glob, separator);
  const first = tokens[0];
  const last = tokens[tokens.length - 1];
  if (first === undefined) return (path) => path === "";
  if (first.kind === "text" && tokens.length === 1) return (path) => path === first.text;
  // Most paths fail on the literal at an end, which costs next to nothing to see.
  const head = first.kind === "text" ? first.text : "";
  const tail = last.kind === "text" ? last.text : "";
  return (path) => {
    if (!path.startsWith(head) || !path.endsWith(tail)) return false;
    let reached = START;
    for (const token of tokens) {
      reached = step(token, path, reached, separator);
      if (reached.length === 0) return false;
    }
    return reached[reached.length - 1] === path.length;
  };
}

/**
 * Which staged files stay writable.
 *
 * @module
 */

import { ProjectError } from "../errors.ts";
import { compileGlob } from "../files/glob.ts";
import type { OpDef } from "../types.ts";

/**
 * Compiles an operation's `writable` patterns: globs of paths, `-` in front excludes, the last one
 * that matches decides. A directory's `checkpoints/**` stands for everything below it.
 *
 * @throws {ProjectError} `writable` is neither a string nor a list of strings.
 */
export function writablePaths(opdef: OpDef): (path: string) => boolean {
  const { writable = [] } = opdef.data;
  const patterns = typeof writable === "string" ? [writable] : writable;
  if (!Array.isArray(patterns) || !patterns.every((pattern) => typeof pattern === "string")) {
    throw new ProjectError(
      `'writable' of operation '${opdef.name}' has to be a pattern or a list of patterns, ` +
        `such as ["checkpoints/**"]`,
    );
  }
  const rules = (patterns as string[]).map((pattern) => {
    const glob = pattern.replace(/^-\s*/, "").replace(/^\\-/, "-").replace(/(^|\/)\*\*$/, "$1**/*");
    return { writable: !pattern.startsWith("-"), matches: compileGlob(glob) };
  });
  return (path) => rules.findLast((rule) => rule.matches(path))?.writable ?? false;
}

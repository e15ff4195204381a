/**
 * How a message shows a file pattern that leaves something out.
 *
 * @module
 * @internal
 */

/**
 * Shows the pattern that excludes one path, quoted as patterns are.
 *
 * @param word What follows the path, such as ` dir`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { excludePattern } from "runlit/exclude-pattern";
 *
 * assert.equal(excludePattern("a/.env"), 'the pattern "-a/.env"');
 * assert.equal(excludePattern("my data", " dir"), `the pattern "-'my data' dir"`);
 * ```
 */
export function excludePattern(path: string, word = ""): string {
  const quoted = /[\s'"\\]/.test(path) ? `'${path.replace(/'/g, `'"'"'`)}'` : path;
  return `the pattern ${JSON.stringify(`-${quoted}${word}`)}`;
}

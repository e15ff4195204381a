/**
 * Reads the patterns that select files: those of `sourcecode`, of dependencies, of `writable`.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { type FileRule, parseFilePattern } from "./_parse_file_pattern.ts";
import { DEFAULT_FILE_PATTERNS } from "./default_file_patterns.ts";

export type { FileRule };

/** Options of {@linkcode parseFilePatterns}. */
export interface ParseFilePatternsOptions {
  /** Where the patterns come from, for error messages, such as `sourcecode of "train"`. */
  readonly where?: string;
}

/**
 * Parses file patterns: `["-"] glob [word…]`, quoted as in a shell, `\-` for a leading dash.
 *
 * The words are `text`, `binary`, `dir`, `size<N`, `size>N`, `sentinel=GLOB` and `max-matches=N`.
 * `true`, `{}`, null and undefined stand for the default patterns; `false` and `[]` select nothing.
 * Patterns that all exclude are added to the defaults; others replace them. The format is that of
 * Gage 0.1.2. Throws a `TypeError` that names the pattern and the word that is wrong.
 *
 * @example Parse a pattern
 * ```ts
 * import { parseFilePatterns } from "runlit/parse-file-patterns";
 * import assert from "node:assert/strict";
 *
 * const pattern = "data/*.csv size<1000000";
 * assert.deepEqual(parseFilePatterns(pattern), [
 *   { pattern, exclude: false, glob: "data/*.csv", sizeBelow: 1000000 },
 * ]);
 * ```
 */
export function parseFilePatterns(
  patterns?: JsonValue,
  options: ParseFilePatternsOptions = {},
): FileRule[] {
  const where = options.where === undefined ? "" : ` in ${options.where}`;
  const list = patternList(patterns, where);
  const rules = list.map((pattern) => parseFilePattern(pattern, where));
  if (rules.length === 0 || rules.some((rule) => !rule.exclude)) return rules;
  return [...DEFAULT_FILE_PATTERNS.map((pattern) => parseFilePattern(pattern, "")), ...rules];
}

function patternList(patterns: JsonValue | undefined, where: string): readonly string[] {
  if (patterns === undefined || patterns === null || patterns === true) {
    return DEFAULT_FILE_PATTERNS;
  }
  if (patterns === false) return [];
  if (typeof patterns === "string") return [patterns];
  if (Array.isArray(patterns) && patterns.every((item) => typeof item === "string")) {
    return patterns;
  }
  if (typeof patterns === "object" && Object.keys(patterns).length === 0) {
    return DEFAULT_FILE_PATTERNS;
  }
  throw new TypeError(
    `Cannot use ${JSON.stringify(patterns)} as file patterns${where}: ` +
      "use a string, a list of strings, true for the defaults, or false for no files",
  );
}

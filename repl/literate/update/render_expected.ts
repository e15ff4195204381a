/**
 * Output written as expected output, as much as possible as it was.
 *
 * @module
 */

import { alignLines } from "../match/align_lines.ts";
import { escapeBraces } from "../match/escape_braces.ts";
import { type LinePattern, linePatterns, outputLine } from "../match/line_patterns.ts";
import { matchOutput } from "../match/match_output.ts";
import type { MatchOptions } from "../match/match_options.ts";
import { parsePattern } from "../match/parse_pattern.ts";
import { outputLines } from "../match/pattern_diff.ts";
import { BLANK_LINE_MARK } from "../options/resolve_options.ts";
import { keepFields } from "./_keep_fields.ts";

/** Result of {@linkcode renderExpected}. */
export interface RenderedExpected {
  /** Lines of expected output, without ends. */
  readonly lines: readonly string[];
  /** Named fields of the old expected output that the new one does not have. */
  readonly lost: readonly string[];
  /** Why there is no expected output that would match; null when there is. */
  readonly problem: string | null;
}

/**
 * Writes output as expected output that matches it.
 *
 * Lines that match stay as written, also those in which a field or wildcard takes in several lines.
 * If what comes out of that does not match as a whole, all lines are written anew.
 *
 * @example Only what changed is written anew
 * ```ts
 * import assert from "node:assert/strict";
 * import { renderExpected } from "runlit/literate";
 *
 * const expected = "{id:run_id}\n{:d} files\nold";
 * const actual = "0c3a5b5e-3b5e-4b5e-8b5e-0c3a5b5e3b5e\n3 files\nnew {}\n";
 * const { lines } = renderExpected(expected, actual, { parse: true });
 * assert.deepEqual(lines, ["{id:run_id}", "{:d} files", "new {{}}"]);
 * ```
 */
export function renderExpected(
  expected: string,
  actual: string,
  options: MatchOptions = {},
): RenderedExpected {
  const output = outputLines(actual, options);
  const blank = options.blankline === false ? output.findIndex((line) => line === "") : -1;
  if (blank >= 0) {
    const problem =
      `Cannot write the output into the document: line ${blank + 1} of it is blank, ` +
      `and '-blankline' leaves no mark for that`;
    return { lines: output, lost: [], problem };
  }
  const patterns = linePatterns(expected, options);
  const attempts = [
    () => keepLines(patterns, output, options, "if-needed"),
    // Braces may be closed by what was kept.
    () => keepLines(patterns, output, options, "never"),
    () => writeLines(output, options, "always"),
  ];
  for (const attempt of attempts) {
    const lines = attempt();
    if (!matchOutput(lines.join("\n"), actual, options).ok) continue;
    return { lines, lost: lostFields(expected, lines, options), problem: null };
  }
  const problem = "Cannot write expected output that matches: the example's options or their " +
    "types change the output so that it does not match itself";
  return { lines: output, lost: [], problem };
}

/** Whether braces of the output are doubled. */
type Doubling = "if-needed" | "never" | "always";

/** Keeps the lines that match, and in others the fields that can be kept. */
function keepLines(
  patterns: readonly LinePattern[],
  output: readonly string[],
  options: MatchOptions,
  doubling: Doubling,
): string[] {
  const steps = alignLines(patterns, output.map((line) => outputLine(line, options)));
  const lines: string[] = [];
  // Lines written anew are written together: their braces may be in pairs.
  let anew: { line: string; kept: string | null }[] = [];
  const flush = () => {
    const plain = writeLines(anew.map(({ line }) => line), options, doubling);
    lines.push(...anew.map(({ kept }, i) => kept ?? plain[i]));
    anew = [];
  };
  for (const step of steps) {
    if (step.kind === "match") {
      flush();
      lines.push(patterns[step.expected].text);
    } else if (step.kind !== "missing") {
      const line = output[step.actual];
      const kept = step.kind === "replaced"
        ? keepFields(patterns[step.expected], line, options)
        : null;
      anew.push({ line, kept });
    }
  }
  flush();
  return lines;
}

/**
 * Writes lines of output as expected output: blank ones as the mark, braces so that they are text.
 */
function writeLines(
  output: readonly string[],
  options: MatchOptions,
  doubling: Doubling,
): string[] {
  const { blankline = BLANK_LINE_MARK } = options;
  const isText = doubling === "never" || options.parse !== true ||
    (doubling === "if-needed" && isLiteral(output.join("\n"), options));
  return output.map((line) => {
    if (line.trim() === "") return blankline === false ? line : blankline;
    if (isText || (doubling === "if-needed" && isLiteral(line, options))) return line;
    return escapeBraces(line);
  });
}

/** Whether a text is a pattern that has no field and means itself, whatever is around it. */
function isLiteral(text: string, options: MatchOptions): boolean {
  if (!/[{}]/.test(text)) return true;
  const tokens = parsePattern(text, options);
  if (tokens.length !== 1 || tokens[0].kind !== "literal" || tokens[0].text !== text) return false;
  let depth = 0;
  for (const char of text) {
    if (char === "{") depth++;
    if (char === "}" && --depth < 0) return false;
  }
  return depth === 0;
}

function lostFields(
  expected: string,
  lines: readonly string[],
  options: MatchOptions,
): string[] {
  if (options.parse !== true) return [];
  const names = (text: string) =>
    parsePattern(text, options).flatMap((token) =>
      token.kind === "field" && token.path.length > 0 ? [token.name] : []
    );
  const kept = new Set(names(lines.join("\n")));
  return [...new Set(names(expected))].filter((name) => !kept.has(name));
}

/**
 * Expected output line by line, each line ready to be compared with a line of output.
 *
 * @module
 */

import { compileTokens, type Pattern } from "./compile_pattern.ts";
import type { MatchOptions } from "./match_options.ts";
import { bindFields, matchPattern } from "./match_pattern.ts";
import { matchWildcard } from "./match_wildcard.ts";
import { normalizeActual, normalizeExpected } from "./normalize_output.ts";
import { parsePattern, type PatternToken } from "./parse_pattern.ts";
import { PatternError } from "./pattern_error.ts";

/** A line of expected output. */
export interface LinePattern {
  /** The line as written. */
  readonly text: string;
  /** The pieces of the line with `+parse`; empty without. */
  readonly tokens: readonly PatternToken[];
  /** The text that has to be equal in its form for comparing; null when there is more to it. */
  readonly literal: string | null;
  /** Whether a line of output, in its form for comparing, matches. */
  readonly matches: (line: string) => boolean;
  /** Whether lines behind the matching one may belong to it too. */
  readonly behind: boolean;
}

/** Splits expected output into lines that can be compared one by one. */
export function linePatterns(expected: string, options: MatchOptions): LinePattern[] {
  if (expected === "") return [];
  const lines = expected.split("\n");
  if (options.parse === true) return fieldLines(expected, lines, options);
  const token = options.wildcard ?? false;
  return lines.map((text) => {
    const literal = normalizeLine(text, options);
    if (token === false || !literal.includes(fold(token, options))) {
      return literalLine(text, [], literal);
    }
    const wildcard = fold(token, options);
    return {
      text,
      tokens: [],
      literal: null,
      matches: (line) => matchWildcard(literal, line, wildcard) === null,
      behind: literal.endsWith(wildcard),
    };
  });
}

/** A line of output, in its form for comparing with a {@linkcode LinePattern}. */
export function outputLine(line: string, options: MatchOptions): string {
  return fold(normalizeActual(line, options).replace(/\n$/, ""), options);
}

function normalizeLine(line: string, options: MatchOptions): string {
  return fold(normalizeExpected(line, options).replace(/\n$/, ""), options);
}

function fold(text: string, options: MatchOptions): string {
  return options.case === false ? text.toLowerCase() : text;
}

function literalLine(
  text: string,
  tokens: readonly PatternToken[],
  literal: string,
): LinePattern {
  const matches = (line: string) => line === literal;
  return { text, tokens, literal, matches, behind: false };
}

function fieldLines(
  expected: string,
  lines: readonly string[],
  options: MatchOptions,
): LinePattern[] {
  const tokens = tokensByLine(parsePattern(expected, options));
  return lines.map((text, i) => {
    const own = tokens[i] ?? [];
    const written = own.map((token) => (token.kind === "literal" ? token.text : "")).join("");
    const isLiteral = own.every((token) => token.kind === "literal");
    if (isLiteral) {
      return literalLine(text, own, normalizeLine(text === "" ? "" : written, options));
    }
    const pattern = compileLine(text, own, options);
    return {
      text,
      tokens: own,
      literal: null,
      matches: (line) => pattern !== null && matchesLine(pattern, line),
      behind: isOpen(own[own.length - 1]),
    };
  });
}

/** The tokens of each line; a literal that spans lines is cut. */
function tokensByLine(tokens: readonly PatternToken[]): PatternToken[][] {
  const lines: PatternToken[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "field") {
      lines[lines.length - 1].push(token);
      continue;
    }
    for (const [i, text] of token.text.split("\n").entries()) {
      if (i > 0) lines.push([]);
      if (text !== "") lines[lines.length - 1].push({ ...token, text });
    }
  }
  return lines;
}

function compileLine(
  text: string,
  tokens: readonly PatternToken[],
  options: MatchOptions,
): Pattern | null {
  const compared = tokens.map((token, i) => {
    if (token.kind === "field") return token;
    const inner = normalizeLiteral(token.text, i === 0, i === tokens.length - 1, options);
    return { ...token, text: inner };
  });
  try {
    return compileTokens(text, compared, { ...options, ignoreCase: options.case === false });
  } catch (error) {
    // A type that is not known matches nothing here; that is said elsewhere.
    if (error instanceof PatternError) return null;
    throw error;
  }
}

/** A literal beside fields keeps the space that joins it to them. */
function normalizeLiteral(
  text: string,
  first: boolean,
  last: boolean,
  options: MatchOptions,
): string {
  let result = text;
  if (options.space === false) {
    result = result.replace(/\s+/g, " ");
    if (first) result = result.trimStart();
    if (last) result = result.trimEnd();
  }
  return options.paths === true ? result.replaceAll("\\\\", "\\").replaceAll("\\", "/") : result;
}

/** Whether a line matches a pattern, and its values can be made. */
export function matchesLine(pattern: Pattern, line: string): boolean {
  try {
    const match = matchPattern(pattern, line);
    return match.ok && "bindings" in bindFields(pattern, line, match.fields);
  } catch (error) {
    // It was too much work: that is said elsewhere.
    if (error instanceof PatternError) return false;
    throw error;
  }
}

function isOpen(token: PatternToken | undefined): boolean {
  return token?.kind === "field" && (token.spec.type === "" || token.spec.type === "any");
}

/**
 * Whether output is what was expected.
 *
 * @module
 */

import { compilePattern, type Pattern } from "./compile_pattern.ts";
import { bindFields, matchPattern } from "./match_pattern.ts";
import { type ComparedTexts, explainMatch, type MatchFailure } from "./explain_match.ts";
import { normalizeActual, normalizeExpected } from "./normalize_output.ts";
import type { PatternField } from "./parse_pattern.ts";
import { PatternError } from "./pattern_error.ts";
import type { MatchOptions } from "./match_options.ts";
import { matchWildcard } from "./match_wildcard.ts";

/** Result of {@linkcode matchOutput}. */
export interface MatchResult {
  readonly ok: boolean;
  /** Values of named fields; those of names such as `d[k]` and `a.b` are in an object. */
  readonly bindings: Readonly<Record<string, unknown>>;
  /** Why it does not match, in words and without a place; null when it does. */
  readonly reason: string | null;
  /** Where it does not match; null when it does, or when the pattern itself is wrong. */
  readonly failure: MatchFailure | null;
}

const MATCHED: MatchResult = { ok: true, bindings: {}, reason: null, failure: null };

/**
 * Compares output with what was expected.
 *
 * @param expected The expected output as a document has it, without a last line feed.
 * @param actual The output; a missing line end at its end is forgiven.
 *
 * @example A pattern with a typed field
 * ```ts
 * import assert from "node:assert/strict";
 * import { matchOutput } from "runlit/literate";
 *
 * const expected = "{n:d} files\n{:sha256} a.txt";
 * const good = matchOutput(expected, `2 files\n${"0".repeat(64)} a.txt\n`, { parse: true });
 * assert.deepEqual(good.bindings, { n: 2 });
 *
 * const bad = matchOutput(expected, "2 files\n12ab a.txt\n", { parse: true });
 * assert.equal(bad.reason, "{:sha256} does not match '12ab a.txt' (from its character 5 on)");
 * assert.deepEqual([bad.failure?.field, bad.failure?.line], ["{:sha256}", 2]);
 * ```
 */
export function matchOutput(
  expected: string,
  actual: string,
  options: MatchOptions = {},
): MatchResult {
  const wanted = normalizeExpected(expected, options);
  const got = normalizeActual(actual, options);
  const texts = { expected, actual, wanted, got };
  if (options.parse === true) return matchFields(texts, options);
  const fold = (text: string) => (options.case === false ? text.toLowerCase() : text);
  const wildcard = options.wildcard ?? false;
  if (wildcard === false) {
    if (wanted === got || (options.case === false && fold(wanted) === fold(got))) return MATCHED;
  } else if (matchWildcard(fold(wanted), fold(got), fold(wildcard)) === null) {
    return MATCHED;
  }
  return failed(explainMatch(texts, options, null));
}

function matchFields(texts: ComparedTexts, options: MatchOptions): MatchResult {
  const { got } = texts;
  // A field that may be empty matches no output, which has no line end either.
  const wanted = got === "" ? texts.wanted.replace(/\n$/, "") : texts.wanted;
  let pattern: Pattern;
  try {
    pattern = compilePattern(wanted, { ...options, ignoreCase: options.case === false });
    const match = matchPattern(pattern, got);
    if (!match.ok) return failed(explainMatch(texts, options, pattern));
    const bound = bindFields(pattern, got, match.fields);
    if ("bindings" in bound) return { ...MATCHED, bindings: bound.bindings };
    const { field, error } = bound;
    const token = pattern.tokens[field.token] as PatternField;
    const part = got.slice(field.start, field.end);
    const why = error instanceof Error ? error.message : String(error);
    return failed(explainMatch(texts, options, pattern, {
      field: token.raw,
      patternAt: token.start,
      textAt: field.start,
      expectedPart: token.raw,
      actualPart: part,
      reason: `${token.raw} does not match '${part}': ${why}`,
    }));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { ok: false, bindings: {}, reason: error.message, failure: null };
  }
}

function failed(failure: MatchFailure): MatchResult {
  return { ok: false, bindings: {}, reason: failure.reason, failure };
}

/**
 * Whether an example passed.
 *
 * @module
 */

import type { ExampleOptions } from "../options/resolve_options.ts";
import type { MatchFailure } from "./explain_match.ts";
import type { ExampleOutcome } from "./example_outcome.ts";
import { matchOutput, type MatchResult } from "./match_output.ts";
import { outcomeTexts } from "./outcome_texts.ts";
import type { PatternTypes } from "./pattern_type.ts";

/** What the judgement of an example needs besides its outcome. */
export interface JudgeContext {
  /** Types that fields can name. Default: the built-in ones. */
  readonly types?: PatternTypes;
  /** What options of modules do to both sides. */
  readonly transforms?: readonly ((text: string) => string)[];
  /** Values that fields bound before, for `-rebind`. */
  readonly bound?: Readonly<Record<string, unknown>>;
}

/** Result of {@linkcode judgeExample}. */
export interface Judgement {
  readonly passed: boolean;
  /** Values to bind; none for an example that failed, or was to fail. */
  readonly bindings: Readonly<Record<string, unknown>>;
  /** Why it failed; null when it passed. */
  readonly reason: string | null;
  readonly failure: MatchFailure | null;
  /** The text of the outcome that was compared, or that comes nearest. */
  readonly actual: string;
  /** Whether the example came to no end. */
  readonly broken: boolean;
}

/**
 * Compares an example's outcome with its expected output.
 *
 * An outcome that is broken never passes, not even with `+fails`.
 *
 * @example An error, and what was printed before it
 * ```ts
 * import assert from "node:assert/strict";
 * import { judgeExample, resolveOptions } from "runlit/literate";
 *
 * const outcome = { output: "so far\n", error: { name: "RangeError", message: "too far" } };
 * const options = resolveOptions();
 * assert(judgeExample("so far\nUncaught RangeError: too far", outcome, options).passed);
 * const heading = "Traceback (most recent call last):";
 * assert(judgeExample(`${heading}\nRangeError: too far`, outcome, options).passed);
 * ```
 */
export function judgeExample(
  expected: string,
  outcome: ExampleOutcome,
  options: ExampleOptions,
  context: JudgeContext = {},
): Judgement {
  const texts = outcomeTexts(outcome, expected, options.errorDetail);
  if (outcome.broken !== undefined && outcome.broken !== null) {
    return {
      passed: false,
      bindings: {},
      reason: outcome.broken,
      failure: null,
      actual: texts[0],
      broken: true,
    };
  }
  // Nearly all examples end here.
  const plain = !options.parse && context.transforms === undefined && options.wildcard === false;
  if (plain && texts.length === 1 && texts[0] === (expected === "" ? "" : `${expected}\n`)) {
    return judge({ ok: true, bindings: {}, reason: null, failure: null }, texts[0], options);
  }
  const matching = { ...options, types: context.types, transforms: context.transforms };
  let first: Judgement | null = null;
  for (const actual of texts) {
    const result = checkRebinding(matchOutput(expected, actual, matching), options, context);
    const judged = judge(result, actual, options);
    if (result.ok) return judged;
    first ??= judged;
  }
  return first!;
}

function judge(result: MatchResult, actual: string, options: ExampleOptions): Judgement {
  if (!options.fails) {
    const { ok, bindings, reason, failure } = result;
    return { passed: ok, bindings, reason, failure, actual, broken: false };
  }
  const reason = result.ok ? "the example was to fail, and passed; remove '+fails'" : null;
  return { passed: !result.ok, bindings: {}, reason, failure: null, actual, broken: false };
}

function checkRebinding(
  result: MatchResult,
  options: ExampleOptions,
  context: JudgeContext,
): MatchResult {
  if (options.rebind || !result.ok || context.bound === undefined) return result;
  for (const [name, value] of Object.entries(result.bindings)) {
    if (!Object.hasOwn(context.bound, name)) continue;
    const before = context.bound[name];
    if (Object.is(before, value) || JSON.stringify(before) === JSON.stringify(value)) continue;
    const reason = `{${name}} is bound to '${before}', and would be '${value}' now`;
    return { ok: false, bindings: {}, reason, failure: null };
  }
  return result;
}

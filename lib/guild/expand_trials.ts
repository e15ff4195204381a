/**
 * From values to try to trials.
 *
 * @module
 */

import type { Config } from "../types.ts";
import { trialSpace, type TrialSpaceOptions } from "./trial_space.ts";

export type { Sampler } from "./trial_space.ts";

/** Options of {@linkcode expandTrials}. */
export type ExpandTrialsOptions = TrialSpaceOptions;

/** Trials, and of how many possible ones. */
export interface ExpandedTrials {
  /** Values of each trial: those given, with one value for each flag. */
  readonly trials: readonly Config[];
  /** Number of all combinations; infinite where a range is sampled. */
  readonly total: number;
}

/**
 * Makes trials of values to try.
 *
 * Every combination of the lists, in this order: rows as they are given, flags sorted by name, the
 * last name fastest, the values of a list as they are written. `maxTrials` chooses some of them at
 * random, in the same order. Where there is a range to sample from (`[1:10]`), or a sampler is named,
 * values are sampled instead, and lists are sampled too. In rows, each combination gets values of
 * its own from ranges.
 *
 * The same values and seed make the same trials.
 *
 * @throws {FlagError} A list is empty, there is nothing to sample, or there are over a million trials.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { expandTrials } from "runlit/expand-trials";
 *
 * const { trials } = expandTrials({ msg: ["a", "b"], loud: [true, false], n: 1 });
 * assert.deepEqual(trials.map(({ loud, msg }) => [loud, msg]), [
 *   [true, "a"],
 *   [true, "b"],
 *   [false, "a"],
 *   [false, "b"],
 * ]);
 * ```
 */
export function expandTrials(values: Config, options: ExpandTrialsOptions = {}): ExpandedTrials {
  const { total, trials } = trialSpace(values, options);
  return { trials: [...trials()], total };
}

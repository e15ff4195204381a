/**
 * Trials that values to try stand for, before any of them is made.
 *
 * @module
 */

import { compareCodePoints } from "../meta/python_json.ts";
import type { Config } from "../types.ts";
import { Grid } from "./_grid.ts";
import type { Sampler } from "./_points.ts";
import { chooseIndices, seededRandom } from "./_random.ts";
import { sampledTrials, spaceOf, withSamples } from "./_samples.ts";
import type { FlagDef } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";

export type { Sampler } from "./_points.ts";

/** Options of {@linkcode trialSpace}, and of `expandTrials`. */
export interface TrialSpaceOptions {
  /** What is known about the flags. Default: nothing. */
  readonly flags?: readonly FlagDef[];
  /** Values that go beneath: trials are made of each row. Default: one row without values. */
  readonly rows?: readonly Config[];
  /** How to sample. Default: every combination, or `random` where there is a range. */
  readonly sampler?: Sampler;
  /** At most that many trials. Default: all combinations; 20 where values are sampled. */
  readonly maxTrials?: number;
  /** Seed of all that is random. Default: 0. */
  readonly seed?: number;
}

/** Trials that can be made. */
export interface TrialSpace {
  /** Names of the flags that trials have values of, sorted. */
  readonly names: readonly string[];
  /** Number of trials. */
  readonly count: number;
  /** Number of all combinations; infinite where a range is sampled. */
  readonly total: number;
  /** Makes the trials, one after the other; the same each time. */
  trials(): Generator<Config>;
}

/** Samples of a row if nobody says how many. */
const USUAL_SAMPLES = 20;

/** More trials than this are never made. */
const MOST = 1_000_000;

/**
 * Counts the trials that values to try stand for, and makes them when they are asked for: however
 * many there are, one is in memory at a time. `expandTrials` has the rules.
 *
 * @throws {FlagError} A list is empty, there is nothing to sample, or there are over a million trials.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { trialSpace } from "runlit/trial-space";
 *
 * const digits = Array.from({ length: 10 }, (_, i) => i);
 * const space = trialSpace({ a: digits, b: digits, c: digits });
 * assert.equal(space.count, 1000);
 * assert.deepEqual(space.trials().next().value, { a: 0, b: 0, c: 0 });
 * ```
 */
export function trialSpace(values: Config, options: TrialSpaceOptions = {}): TrialSpace {
  const { flags = [], rows = [{}], sampler, maxTrials, seed = 0 } = options;
  const all = rows.map((row) => ({ ...row, ...values }));
  const names = [...new Set(all.flatMap((row) => Object.keys(row)))].sort(compareCodePoints);
  const isSearch = Object.values(values).some((value) => spaceOf(value) !== null);
  if (sampler === undefined && !isSearch) return { names, ...grid(all, flags, maxTrials, seed) };

  const count = checkCount(maxTrials ?? USUAL_SAMPLES * all.length);
  const makers = all.map((row) => sampledTrials(row, flags, sampler ?? "random"));
  const trials = function* () {
    for (const [i, make] of makers.entries()) {
      const share = Math.floor(count / makers.length) + (i < count % makers.length ? 1 : 0);
      yield* make(share, seed + i);
    }
  };
  return { names, count, total: Infinity, trials };
}

function grid(
  rows: readonly Config[],
  flags: readonly FlagDef[],
  maxTrials: number | undefined,
  seed: number,
): Omit<TrialSpace, "names"> {
  const grids = rows.map((row) => new Grid(row, flags));
  const total = grids.reduce((sum, { size }) => sum + size, 0);
  const count = checkCount(Math.min(maxTrials ?? total, total));
  const trials = function* () {
    const random = seededRandom(seed);
    const chosen = count < total ? chooseIndices(total, count, random) : null;
    let first = 0;
    let at = 0;
    for (let i = 0; i < count; i++) {
      const index = chosen === null ? i : chosen[i];
      while (index - first >= grids[at].size) first += grids[at++].size;
      yield withSamples(grids[at].get(index - first), random);
    }
  };
  return { count, total, trials };
}

function checkCount(count: number): number {
  if (count <= MOST) return count;
  throw new FlagError(
    `Cannot make ${count} trials: the most are ${MOST}; choose some with '--max-trials'`,
  );
}

/**
 * From values to try to trials.
 *
 * @module
 */

import { compareCodePoints } from "../meta/python_json.ts";
import type { Config, JsonValue } from "../types.ts";
import { type Sampler, spreadPoints } from "./_points.ts";
import { chooseIndices, seededRandom } from "./_random.ts";
import type { FlagDef } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";
import { isTrialValue } from "./parse_flags.ts";
import { parseSearchSpace, type SearchSpace } from "./parse_search_space.ts";

export type { Sampler } from "./_points.ts";

/** Options of {@linkcode expandTrials}. */
export interface ExpandTrialsOptions {
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

/** Trials, and of how many possible ones. */
export interface ExpandedTrials {
  /** Values of each trial: those given, with one value for each flag. */
  readonly trials: readonly Config[];
  /** Number of all combinations; infinite where a range is sampled. */
  readonly total: number;
}

/** Samples if nobody says how many. */
const USUAL_SAMPLES = 20;

/** More combinations than this are never listed. */
const MOST = 1_000_000;

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
  const { flags = [], rows = [{}], sampler, maxTrials, seed = 0 } = options;
  const isSearch = Object.values(values).some((value) => spaceOf(value) !== null);
  if (sampler !== undefined || isSearch) {
    const count = maxTrials ?? USUAL_SAMPLES;
    const trials = rows.flatMap((row, i) =>
      sampled({ ...row, ...values }, flags, sampler ?? "random", count, seed + i)
    );
    return { trials: trials.slice(0, maxTrials), total: Infinity };
  }
  const grids = rows.map((row) => new Grid({ ...row, ...values }, flags));
  const total = grids.reduce((sum, grid) => sum + grid.size, 0);
  const random = seededRandom(seed);
  if ((maxTrials ?? total) > MOST) {
    throw new FlagError(
      `Cannot make ${total} trials: the most are ${MOST}; choose some with '--max-trials'`,
    );
  }
  const indices = maxTrials !== undefined && maxTrials < total
    ? chooseIndices(total, maxTrials, random)
    : Array.from({ length: total }, (_, i) => i);
  let first = 0;
  let at = 0;
  const trials = indices.map((index) => {
    while (index - first >= grids[at].size) first += grids[at++].size;
    return withSamples(grids[at].get(index - first), random);
  });
  return { trials, total };
}

/** All combinations of the lists among some values, none of which is kept. */
class Grid {
  readonly size: number;
  readonly #values: Config;
  readonly #lists: readonly (readonly [name: string, items: readonly JsonValue[]])[];

  constructor(values: Config, flags: readonly FlagDef[]) {
    this.#values = values;
    this.#lists = listsOf(values, flags);
    this.size = this.#lists.reduce((product, [, items]) => product * items.length, 1);
  }

  get(index: number): Config {
    const trial: Record<string, JsonValue> = { ...this.#values };
    let rest = index;
    for (const [name, items] of [...this.#lists].reverse()) {
      trial[name] = items[rest % items.length];
      rest = Math.floor(rest / items.length);
    }
    return trial;
  }
}

function listsOf(
  values: Config,
  flags: readonly FlagDef[],
): (readonly [string, readonly JsonValue[]])[] {
  return Object.entries(values)
    .filter(([name, value]) => Array.isArray(value) && isTrialValue(flagOf(name, flags), value))
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([name, value]) => {
      const items = value as readonly JsonValue[];
      if (items.length > 0) return [name, items] as const;
      throw new FlagError(`Cannot try flag '${name}': its list is empty`, { flag: name });
    });
}

function flagOf(name: string, flags: readonly FlagDef[]): FlagDef {
  return flags.find((flag) => flag.name === name) ?? { name, default: null };
}

function spaceOf(value: JsonValue | undefined): SearchSpace | null {
  return typeof value === "string" ? parseSearchSpace(value) : null;
}

function sampled(
  values: Config,
  flags: readonly FlagDef[],
  sampler: Sampler,
  count: number,
  seed: number,
): Config[] {
  const lists = new Map(listsOf(values, flags));
  const names = Object.keys(values)
    .filter((name) => lists.has(name) || spaceOf(values[name]) !== null)
    .sort(compareCodePoints);
  if (names.length === 0) {
    throw new FlagError(
      "There is nothing to sample: give a flag a list or a range, such as 'lr=[0.1,0.2]' or " +
        "'lr=loguniform[1e-4:1e-1]'",
    );
  }
  return spreadPoints(sampler, count, names.length, seed).map((point, i) => {
    const trial: Record<string, JsonValue> = { ...values };
    names.forEach((name, dimension) => {
      const items = lists.get(name);
      const space = spaceOf(values[name]);
      trial[name] = items !== undefined
        ? items[Math.floor(point[dimension] * items.length)]
        : i === 0 && space!.init !== undefined
        ? space!.init
        : fromSpace(space!, point[dimension]);
    });
    return trial;
  });
}

function withSamples(trial: Config, random: () => number): Config {
  const entries = Object.entries(trial).map(([name, value]) => {
    const space = spaceOf(value);
    return [name, space === null ? value : fromSpace(space, random())] as const;
  });
  return Object.fromEntries(entries);
}

function fromSpace({ low, high, int, log }: SearchSpace, part: number): number {
  if (int) return low + Math.floor(part * (high - low + 1));
  const value = log
    ? Math.exp(Math.log(low) + part * (Math.log(high) - Math.log(low)))
    : low + part * (high - low);
  return Math.min(high, Math.max(low, Number(value.toPrecision(12))));
}

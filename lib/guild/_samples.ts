/**
 * Values that are sampled from ranges and lists.
 *
 * @module
 */

import { compareCodePoints } from "../meta/python_json.ts";
import type { Config, JsonValue } from "../types.ts";
import { triedLists } from "./_grid.ts";
import { checkDimensions, type Sampler, spreadPoints } from "./_points.ts";
import type { FlagDef } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";
import { parseSearchSpace, type SearchSpace } from "./parse_search_space.ts";

/** The range that a value stands for; null if it is none. */
export function spaceOf(value: JsonValue | undefined): SearchSpace | null {
  return typeof value === "string" ? parseSearchSpace(value) : null;
}

/** Makes what samples some values: it makes so many trials with a seed. */
export function sampledTrials(
  values: Config,
  flags: readonly FlagDef[],
  sampler: Sampler,
): (count: number, seed: number) => Generator<Config> {
  const lists = new Map(triedLists(values, flags));
  const dimensions = Object.keys(values)
    .filter((name) => lists.has(name) || spaceOf(values[name]) !== null)
    .sort(compareCodePoints)
    .map((name) => ({ name, items: lists.get(name), space: spaceOf(values[name]) }));
  if (dimensions.length === 0) {
    throw new FlagError(
      "There is nothing to sample: give a flag a list or a range, such as 'lr=[0.1,0.2]' or " +
        "'lr=loguniform[1e-4:1e-1]'",
    );
  }
  checkDimensions(sampler, dimensions.length);
  return function* (count, seed) {
    let first = true;
    for (const point of spreadPoints(sampler, count, dimensions.length, seed)) {
      const trial: Record<string, JsonValue> = { ...values };
      dimensions.forEach(({ name, items, space }, at) => {
        trial[name] = items !== undefined
          ? items[Math.floor(point[at] * items.length)]
          : first && space!.init !== undefined
          ? space!.init
          : fromSpace(space!, point[at]);
      });
      first = false;
      yield trial;
    }
  };
}

/** A trial in which each range has become a value of it. */
export function withSamples(trial: Config, random: () => number): Config {
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

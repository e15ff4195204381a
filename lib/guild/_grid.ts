/**
 * All combinations of lists.
 *
 * @module
 */

import { compareCodePoints } from "../meta/python_json.ts";
import type { Config, JsonValue } from "../types.ts";
import type { FlagDef } from "./flag_def.ts";
import { FlagError } from "./flag_error.ts";
import { isTrialValue } from "./parse_flags.ts";

/** A flag, and the values that are tried of it. */
export type TriedList = readonly [name: string, items: readonly JsonValue[]];

/** All combinations of the lists among some values, none of which is kept. */
export class Grid {
  readonly size: number;
  readonly #values: Config;
  readonly #lists: readonly TriedList[];

  constructor(values: Config, flags: readonly FlagDef[]) {
    this.#values = values;
    this.#lists = triedLists(values, flags);
    this.size = this.#lists.reduce((product, [, items]) => product * items.length, 1);
  }

  get(index: number): Config {
    const trial: Record<string, JsonValue> = { ...this.#values };
    let rest = index;
    for (let i = this.#lists.length - 1; i >= 0; i--) {
      const [name, items] = this.#lists[i];
      trial[name] = items[rest % items.length];
      rest = Math.floor(rest / items.length);
    }
    return trial;
  }
}

/** The lists among values whose items are to be tried, sorted by name. */
export function triedLists(values: Config, flags: readonly FlagDef[]): TriedList[] {
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

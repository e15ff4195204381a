/**
 * Options that modules define.
 *
 * @module
 */

import type { OptionValue, OptionValues } from "./option_table.ts";

/** What an option's function is told about the example. */
export interface OptionContext {
  readonly source: string;
  readonly expected: string;
  /** All options that hold for the example. */
  readonly options: OptionValues;
}

/**
 * What an option does with an example: nothing, skip it (with a reason or without), or change
 * expected and actual output before they are compared.
 */
export type OptionEffect =
  | void
  | undefined
  | "skip"
  | { readonly skip: string }
  | ((text: string) => string);

/** An option of a module. */
export interface CustomOption {
  readonly name: string;
  readonly doc: string;
  readonly apply: (value: OptionValue, context: OptionContext) => OptionEffect;
}

/**
 * Makes options from the exported functions of modules that are called `option_<name>` or
 * `option<Name>`; a function's `optionName` and `doc` are its name and its line of help.
 *
 * A function is called with the option's value (`false` for `-name`) and the example, for each
 * example the option is given for.
 *
 * @param modules Namespaces of the modules; of two options with one name the later wins.
 *
 * @example Options of a module
 * ```ts
 * import assert from "node:assert/strict";
 * import { applyOptions, collectOptions } from "runlit/literate";
 *
 * const module = { option_upper: () => (text: string) => text.toUpperCase() };
 * const example = { source: "", expected: "", options: { upper: true } };
 * const { transforms } = applyOptions(collectOptions([module]), example);
 * assert.equal(transforms[0]("a"), "A");
 * ```
 */
export function collectOptions(
  modules: readonly Readonly<Record<string, unknown>>[],
): Map<string, CustomOption> {
  const options = new Map<string, CustomOption>();
  for (const module of modules) {
    for (const [exported, value] of Object.entries(module)) {
      if (typeof value !== "function") continue;
      const snake = /^option_(\w+)$/.exec(exported)?.[1];
      const camel = /^option([A-Z]\w*)$/.exec(exported)?.[1];
      if (snake === undefined && camel === undefined) continue;
      const { optionName, option_name, doc } = value as unknown as Record<string, unknown>;
      const given = optionName ?? option_name;
      const name = typeof given === "string" ? given : snake?.replaceAll("_", "-") ?? kebab(camel!);
      const apply = value as CustomOption["apply"];
      options.set(name, { name, doc: typeof doc === "string" ? doc : exported, apply });
    }
  }
  return options;
}

/** What the options of modules do with an example. */
export interface AppliedOptions {
  /** Why it is not to be run; null when it is. */
  readonly skip: string | null;
  readonly transforms: readonly ((text: string) => string)[];
}

/**
 * Applies the options of modules that hold for an example.
 *
 * @throws {Error} What an option's function throws; the message names the option.
 */
export function applyOptions(
  options: ReadonlyMap<string, CustomOption>,
  context: OptionContext,
): AppliedOptions {
  const transforms: ((text: string) => string)[] = [];
  let skip: string | null = null;
  for (const [name, value] of Object.entries(context.options)) {
    const option = options.get(name);
    if (option === undefined) continue;
    let effect: OptionEffect;
    try {
      effect = option.apply(value, context);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Cannot apply option '${name}': ${why}`, { cause });
    }
    if (typeof effect === "function") transforms.push(effect);
    else if (effect === "skip") skip ??= value === false ? `-${name}` : `+${name}`;
    else if (typeof effect === "object") skip ??= effect.skip;
  }
  return { skip, transforms };
}

function kebab(camel: string): string {
  return camel.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
}

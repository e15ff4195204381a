/**
 * What holds for an example, of the options of its project, its document and its own.
 *
 * @module
 */

import { OPTION_TABLE, type OptionValue, type OptionValues } from "./option_table.ts";

/** Options that hold for an example, with their defaults filled in. */
export interface ExampleOptions {
  readonly parse: boolean;
  readonly balance: boolean;
  readonly empty: boolean;
  readonly rebind: boolean;
  /** Text that matches anything, or false. */
  readonly wildcard: string | false;
  readonly space: boolean;
  readonly case: boolean;
  readonly paths: boolean;
  /** Line that stands for a blank one, or false. */
  readonly blankline: string | false;
  readonly eol: boolean;
  readonly diff: boolean;
  readonly pprint: boolean;
  readonly json: boolean;
  readonly stderr: boolean;
  readonly errorDetail: boolean;
  readonly oneline: boolean;
  readonly fails: boolean;
  readonly typecheck: boolean;
  readonly debug: boolean;
  /** Line to print before a failure, or false. */
  readonly sep: string | false;
  /** Milliseconds, or undefined for the document's. */
  readonly timeout: number | undefined;
  readonly retryOnFail: number;
  /** Options that modules define. */
  readonly custom: OptionValues;
}

/** What stands for a blank line, unless an option says otherwise. */
export const BLANK_LINE_MARK = "⤶";
/** What matches anything with `+wildcard`, unless it has a value. */
export const WILDCARD_TOKEN = "...";

const BUILT_IN = new Set(OPTION_TABLE.map((spec) => spec.name));

/**
 * Merges options; those given later win, as a project's, a document's, an example's do.
 *
 * @example The example's option wins
 * ```ts
 * import assert from "node:assert/strict";
 * import { resolveOptions } from "runlit/literate";
 *
 * const options = resolveOptions({ wildcard: true, space: false }, { space: true });
 * assert.equal(options.wildcard, "...");
 * assert.equal(options.space, true);
 * ```
 */
export function resolveOptions(...levels: readonly OptionValues[]): ExampleOptions {
  const values: Record<string, OptionValue> = Object.assign({}, ...levels);
  const isOn = (name: string, otherwise: boolean) => {
    const value = values[name];
    return value === undefined ? otherwise : value !== false;
  };
  const custom: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!BUILT_IN.has(name)) custom[name] = value;
  }
  const { timeout } = values;
  const retries = values["retry-on-fail"];
  return {
    parse: isOn("parse", false),
    balance: isOn("balance", true),
    empty: isOn("empty", false),
    rebind: isOn("rebind", true),
    wildcard: textOf(values.wildcard ?? false, WILDCARD_TOKEN),
    space: isOn("space", true),
    case: isOn("case", true),
    paths: isOn("paths", false),
    blankline: textOf(values.blankline ?? true, BLANK_LINE_MARK),
    eol: isOn("eol", false),
    diff: isOn("diff", false),
    pprint: isOn("pprint", false),
    json: isOn("json", false),
    stderr: isOn("stderr", false),
    errorDetail: isOn("error-detail", false),
    oneline: isOn("oneline", false),
    fails: isOn("fails", false),
    typecheck: isOn("typecheck", false),
    debug: isOn("debug", true),
    sep: textOf(values.sep ?? false, "*".repeat(70)),
    timeout: typeof timeout === "number" ? timeout : undefined,
    retryOnFail: retries === true ? 1 : typeof retries === "number" ? retries : 0,
    custom,
  };
}

function textOf(value: OptionValue, otherwise: string): string | false {
  if (value === false) return false;
  return value === true || value === "" ? otherwise : String(value);
}

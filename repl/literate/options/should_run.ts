/**
 * Which examples of a document run.
 *
 * @module
 */

import type { OptionValues } from "./option_table.ts";

/** What the conditions of examples are about. */
export interface RunConditions {
  /** As `process.platform` has it. Default: this process's. */
  readonly platform?: string;
  /** Default: this process's. */
  readonly runtime?: "node" | "deno";
  /** Environment variables for `+skip=VAR`. Default: this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Options of project and document, merged. */
  readonly options?: OptionValues;
}

const PLATFORMS: Readonly<Record<string, string>> = {
  windows: "win32",
  linux: "linux",
  macos: "darwin",
};

/**
 * Tells for each example, from its own options, why it does not run: null when it does.
 *
 * `-skip` makes an example run behind `+skiprest` too; conditions (`+windows`, `-node`) hold always.
 *
 * @example Skip the rest, but for one
 * ```ts
 * import assert from "node:assert/strict";
 * import { shouldRun } from "runlit/literate";
 *
 * const why = shouldRun([{}, { skiprest: true }, { skip: false }, {}]);
 * assert.deepEqual(why, [null, "+skiprest", null, "+skiprest"]);
 * ```
 */
export function shouldRun(
  examples: readonly OptionValues[],
  conditions: RunConditions = {},
): (string | null)[] {
  const shared = conditions.options ?? {};
  const solo = examples.some((own) => own.solo !== undefined && own.solo !== false);
  let skipRest = false;
  return examples.map((own) => {
    if (own.skiprest !== undefined) skipRest = own.skiprest !== false;
    const isRest = skipRest || (shared.skiprest === true && own.skiprest !== false);
    const unmet = unmetCondition(own, shared, conditions);
    if (unmet !== null) return unmet;
    const skip = own.skip ?? shared.skip;
    if (skip !== undefined && skip !== false) {
      if (skip === true) return "+skip";
      if (isSet(String(skip), conditions.env ?? process.env)) return `+skip=${skip}`;
    }
    if (solo && (own.solo === undefined || own.solo === false)) return "+solo elsewhere";
    return isRest && own.skip !== false ? "+skiprest" : null;
  });
}

function unmetCondition(
  own: OptionValues,
  shared: OptionValues,
  conditions: RunConditions,
): string | null {
  const platform = conditions.platform ?? process.platform;
  const runtime = conditions.runtime ?? (process.versions.deno === undefined ? "node" : "deno");
  for (const name of ["windows", "linux", "macos", "node", "deno"]) {
    const wanted = own[name] ?? shared[name];
    if (wanted === undefined) continue;
    const holds = (PLATFORMS[name] ?? name) === (name in PLATFORMS ? platform : runtime);
    if (holds !== (wanted !== false)) return `${wanted === false ? "-" : "+"}${name}`;
  }
  return null;
}

/** Whether a variable is set to more than nothing; a `!` before its name turns the answer round. */
function isSet(variable: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const negated = variable.startsWith("!");
  const value = env[negated ? variable.slice(1) : variable];
  return (value !== undefined && value !== "") !== negated;
}

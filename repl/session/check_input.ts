/**
 * Is what was typed a whole input?
 *
 * @module
 */

import { planScript } from "./plan_script.ts";
import { prepareScript } from "./prepare_script.ts";
import { readable } from "./run_script.ts";
import { SourceError } from "./source_error.ts";

/** What an input is. */
export type InputCheck =
  | { readonly status: "complete" }
  /** More lines may complete it. */
  | { readonly status: "incomplete" }
  /** Nothing that follows can make it right. */
  | { readonly status: "invalid"; readonly error: SourceError };

/**
 * Tells whether an input can be evaluated, goes on in the next line, or is wrong. The parser
 * decides, not a count of brackets; it is not loaded for what V8 can read as it is.
 *
 * @example An open brace asks for more
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkInput } from "runlit/session";
 *
 * assert.equal((await checkInput("function f(x: number) {")).status, "incomplete");
 * assert.equal((await checkInput("const x: number = 1")).status, "complete");
 * assert.equal((await checkInput("const = 1")).status, "invalid");
 * ```
 */
export async function checkInput(source: string): Promise<InputCheck> {
  const plan = planScript(source);
  if (plan !== null && readable(plan.before + plan.code + plan.after)) {
    return { status: "complete" };
  }
  try {
    await prepareScript(source);
    return { status: "complete" };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return error.incomplete ? { status: "incomplete" } : { status: "invalid", error };
  }
}

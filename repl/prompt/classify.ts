/**
 * Whether an input is all there.
 *
 * @module
 */

import { loadParser, parseTypeScript } from "../session/erase/parse.ts";
import { SourceError } from "../session/source_error.ts";

/** What a parser says of an input. */
export type InputClass = "complete" | "incomplete" | "invalid";

/**
 * Tells whether an input is complete, the beginning of something, or wrong whatever follows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { classifyInput } from "../../repl/prompt/classify.ts";
 *
 * assert.equal(await classifyInput("const x: number = 1"), "complete");
 * assert.equal(await classifyInput("function f() {"), "incomplete");
 * assert.equal(await classifyInput("const = 1"), "invalid");
 * ```
 */
export async function classifyInput(source: string): Promise<InputClass> {
  try {
    parseTypeScript(await loadParser(), source);
    return "complete";
  } catch (error) {
    if (error instanceof SourceError) return error.incomplete ? "incomplete" : "invalid";
    throw error;
  }
}

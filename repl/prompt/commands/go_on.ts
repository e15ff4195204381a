/**
 * `.continue`: goes on with what an interruption has left.
 *
 * @module
 */

import type { PromptContext } from "../context.ts";

/** Evaluates the inputs that are left; without the first, which may be the one that has to end. */
export async function goOn(context: PromptContext, argument: string): Promise<void> {
  if (argument !== "" && argument !== "skip") {
    return context.note(`There is no '.continue ${argument}'; there is '.continue skip'`);
  }
  if (context.queue.left.length === 0) return context.note("There is nothing to go on with");
  await context.queue.evaluateLeft({ skip: argument === "skip" });
}

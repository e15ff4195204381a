/**
 * `.time`: how long an expression takes.
 *
 * @module
 */

import type { PromptContext } from "../context.ts";

/** Evaluates an input, and says how long it took. */
export async function time(context: PromptContext, argument: string): Promise<void> {
  if (argument === "") return context.note("Give an expression: .time EXPR");
  const { durationMs, status } = await context.evaluate(argument);
  if (status === "ended") return;
  const shown = durationMs < 10
    ? `${durationMs.toFixed(2)} ms`
    : durationMs < 1000
    ? `${durationMs.toFixed(0)} ms`
    : `${(durationMs / 1000).toFixed(2)} s`;
  context.note(`took ${shown}`);
}

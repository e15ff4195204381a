/**
 * `.results`: what `_1`, `_2`, … are.
 *
 * @module
 */

import type { PromptContext } from "../context.ts";
import { cutText } from "../../display/format_table.ts";

/** Lists results by name, a line each. */
export function results(context: PromptContext): void {
  const kept = context.inputs.filter(({ plain }) => plain !== null);
  if (kept.length === 0) return context.note("There are no results yet");
  for (const { number, plain } of kept) {
    const line = `_${number}  ${plain!.replace(/\s+/g, " ")}`;
    context.print(cutText(line, context.columns));
  }
}

/**
 * `.load`: evaluates a script, or the examples of a document.
 *
 * @module
 */

import { resolve } from "node:path";
import type { PromptContext } from "../context.ts";
import { examplesOf } from "../examples_of.ts";
import { readSource } from "../read_source.ts";

/** Evaluates what is in a file; stops at the first error of a script. */
export async function load(context: PromptContext, argument: string): Promise<void> {
  if (argument === "") return context.note("Name a file: .load FILE.ts or .load FILE.md");
  const path = resolve(context.cwd, argument);
  const text = readSource(path);
  if (!/\.(?:md|markdown)$/.test(path)) {
    await context.evaluate(text);
    return;
  }
  const examples = await examplesOf(text);
  if (examples.length === 0) return context.note(`There are no examples in '${path}'`);
  await context.queue.evaluateAll(examples);
}

/**
 * `.load`: evaluates a script, or the examples of a document.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { PromptContext } from "../context.ts";
import { examplesOf } from "../examples_of.ts";

/** Evaluates what is in a file; stops at the first error of a script. */
export async function load(context: PromptContext, argument: string): Promise<void> {
  if (argument === "") return context.note("Name a file: .load FILE.ts or .load FILE.md");
  const path = resolve(context.cwd, argument);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`Cannot load '${path}': ${(error as Error).message}`, { cause: error });
  }
  if (!/\.(?:md|markdown)$/.test(path)) {
    await context.evaluate(absoluteImports(text.replace(/^#!.*/, ""), path));
    return;
  }
  const examples = await examplesOf(text);
  if (examples.length === 0) return context.note(`There are no examples in '${path}'`);
  for (const { source, expected } of examples) {
    context.note(`>>> ${source.replaceAll("\n", "\n... ")}`);
    const { status } = await context.evaluate(source, expected);
    if (status === "interrupted" || status === "ended") return;
  }
}

/** Relative imports are those of the file, wherever it is loaded from. */
function absoluteImports(text: string, path: string): string {
  const base = pathToFileURL(`${dirname(path)}/`);
  return text.replace(
    /((?:^|\n)\s*(?:import|export)\b[^;'"]*?|\bimport\s*\(\s*)(["'])(\.{1,2}\/[^"'\n]+)\2/g,
    (_, before: string, quote: string, to: string) =>
      `${before}${quote}${new URL(to, base)}${quote}`,
  );
}

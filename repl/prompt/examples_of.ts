/**
 * Examples in a text that was pasted or loaded.
 *
 * @module
 */

import type { ExpectedOutput } from "./recorded_input.ts";

/** An input with what is expected to come of it. */
export interface InputExample {
  readonly source: string;
  readonly expected: ExpectedOutput;
  /** Line of its prompt, from 1. */
  readonly line: number;
}

/**
 * The examples of a document, or of a part of one; none in a text without prompts. Those for the
 * shell keep their prompt.
 *
 * @example Prompts are stripped
 * ```ts
 * import assert from "node:assert/strict";
 * import { examplesOf } from "runlit/examples-of";
 *
 * const [first, second] = await examplesOf(">>> [1,\n... 2].length\n2\n>>> 'a'\n'a'\n");
 * assert.equal(first.source, "[1,\n2].length");
 * assert.equal(second.expected.text, "'a'");
 * ```
 */
export async function examplesOf(text: string): Promise<InputExample[]> {
  if (!/^ *(?:>>>(?: |$)|\$ )/m.test(text)) return [];
  const { parseDocument } = await import("../literate/parse/parse_document.ts");
  const { examples } = await parseDocument(text);
  return examples.map(({ language, source, expected, options, line }) => ({
    source: language === "sh" ? `$ ${source}` : source,
    expected: { text: expected, options },
    line,
  }));
}

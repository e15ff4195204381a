/**
 * Chooses the examples of a document that are reported.
 *
 * @module
 */

import type { Example } from "../parse/document_types.ts";

/** What examples are wanted. */
export interface ExampleSelection {
  /** Lines of the examples; null for all. */
  readonly lines: readonly number[] | null;
  /** Text that the source has in it; null for all. */
  readonly filter: string | null;
}

/**
 * Tells which examples are to be reported: all, or those of some lines or with some text. A line in
 * the prose before an example, or in its output, means the example too.
 */
export function selectExamples(
  examples: readonly Example[],
  { lines, filter }: ExampleSelection,
): boolean[] {
  return examples.map((example, i) => {
    if (filter !== null && !example.source.includes(filter)) return false;
    if (lines === null) return true;
    const before = examples[i - 1]?.endLine ?? 0;
    return lines.some((line) => line > before && line <= example.endLine);
  });
}

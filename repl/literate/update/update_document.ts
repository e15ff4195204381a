/**
 * Documents with their expected output brought up to date.
 *
 * @module
 */

import type { ParsedDocument } from "../parse/document_types.ts";
import { planUpdate, type TextEdit, type UpdateHunk, type UpdateResult } from "./plan_update.ts";

/** A document's text after an update. */
export interface UpdatedDocument {
  readonly text: string;
  /** All hunks, also those that were not applied because of a problem. */
  readonly hunks: readonly UpdateHunk[];
}

/**
 * Rewrites the expected output of failed examples, and nothing else.
 *
 * @example A document is brought up to date
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseDocument, updateDocument } from "runlit/literate";
 *
 * const document = await parseDocument("Sum:\n\n    >>> 1 + 1\n    3\n\nDone.\n");
 * const { text } = updateDocument(document, [{ index: 0, actual: "2\n", options: {} }]);
 * assert.equal(text, "Sum:\n\n    >>> 1 + 1\n    2\n\nDone.\n");
 * ```
 */
export function updateDocument(
  document: ParsedDocument,
  results: readonly UpdateResult[],
): UpdatedDocument {
  const hunks = planUpdate(document, results);
  return { text: applyHunks(document.text, hunks), hunks };
}

/** Applies hunks to the text they were planned for; those with a problem are passed over. */
export function applyHunks(text: string, hunks: readonly UpdateHunk[]): string {
  const edits: TextEdit[] = [];
  const fences = new Map<number, TextEdit>();
  for (const edit of hunks.flatMap((hunk) => hunk.edits)) {
    const known = fences.get(edit.start)?.text ?? "";
    if (edit.fence !== true) edits.push(edit);
    else if (edit.text.length > known.length) fences.set(edit.start, edit);
  }
  // Where output is inserted right before a closing fence, it comes first.
  const sorted = [...edits, ...fences.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let at = 0;
  for (const edit of sorted) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

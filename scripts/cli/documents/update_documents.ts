/**
 * Brings documents up to date with what their examples printed.
 *
 * @module
 */

import type { ExampleEvent } from "../../../repl/literate/report/events.ts";
import { projectSettings } from "../../../repl/literate/run/project_settings.ts";
import { updateFailed } from "../../../repl/literate/run/update_failed.ts";
import type { Rewrite } from "../../../repl/literate/run/watch_documents.ts";
import type { UpdateHunk } from "../../../repl/literate/update/plan_update.ts";
import { note } from "../print.ts";

/**
 * Rewrites the expected output of failed examples; with `asks`, only where the user agrees.
 *
 * @param rewrite Calls what may write a document. Default: calls it, and does no more.
 * @returns How many were rewritten.
 */
export async function updateDocuments(
  failures: readonly ExampleEvent[],
  asks: boolean,
  rewrite: Rewrite = (_, write) => write(),
): Promise<number> {
  const review = asks ? (await import("../review_hunks.ts")).reviewHunks() : null;
  let written = 0;
  for (const path of new Set(failures.map((failure) => failure.document))) {
    const own = failures.filter((failure) => failure.document === path);
    const project = await projectSettings(path);
    const accept = review === null ? {} : {
      accept: (hunk: UpdateHunk) => review.accept(path, hunk),
    };
    const outcome = await rewrite(path, () => updateFailed(path, own, { project, ...accept }));
    written += outcome.written.length;
    if (outcome.written.length > 0) {
      note(`${path}: updated ${outcome.written.length} of ${own.length}`);
    }
    for (const hunk of outcome.refused) note(`${path}:${hunk.line}: ${hunk.problem}`);
  }
  review?.close();
  return written;
}

/**
 * Writes what examples printed into their documents.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { writeFileAtomic } from "../../../lib/files/write_file_atomic.ts";
import { collectPatternTypes } from "../match/collect_pattern_types.ts";
import { patternTypes } from "../match/pattern_types.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import { type DocumentSettings, NO_SETTINGS } from "../parse/document_settings.ts";
import type { ExampleEvent } from "../report/events.ts";
import { planUpdate, type UpdateHunk } from "../update/plan_update.ts";
import { applyHunks } from "../update/update_document.ts";
import { readDocument } from "./read_document.ts";

/** Options of {@linkcode updateFailed}. */
export interface UpdateFailedOptions {
  /** Settings of the project. */
  readonly project?: DocumentSettings;
  /** Says whether a change is wanted. Default: all are. */
  readonly accept?: (hunk: UpdateHunk) => boolean | Promise<boolean>;
}

/** What became of a document. */
export interface UpdateOutcome {
  /** Changes that were written. */
  readonly written: readonly UpdateHunk[];
  /** Changes that cannot be written, with the reason in `problem`. */
  readonly refused: readonly UpdateHunk[];
}

/**
 * Rewrites the expected output of a document's failed examples; what still matches stays as it is
 * written. Examples without an end, and those that are to fail, are left alone.
 *
 * @param failures The failed examples' events.
 */
export async function updateFailed(
  path: string,
  failures: readonly ExampleEvent[],
  options: UpdateFailedOptions = {},
): Promise<UpdateOutcome> {
  const { project = NO_SETTINGS, accept = () => true } = options;
  const document = await readDocument(readFileSync(path), { project });
  const { settings, examples } = document;
  const types = patternTypes(collectPatternTypes({ expressions: settings.parseTypes }));
  const results = failures.flatMap(({ index, failure }) => {
    const resolved = resolveOptions(settings.options, examples[index].options);
    const ended = failure !== undefined && (failure.match !== null || failure.actual !== "");
    if (resolved.fails || !ended) return [];
    return [{ index, actual: failure.actual, options: { ...resolved, types } }];
  });
  const written: UpdateHunk[] = [];
  const refused: UpdateHunk[] = [];
  for (const hunk of planUpdate(document, results)) {
    if (hunk.problem !== null) refused.push(hunk);
    else if (await accept(hunk)) written.push(hunk);
  }
  if (written.length > 0) await writeFileAtomic(path, applyHunks(document.text, written));
  return { written, refused };
}

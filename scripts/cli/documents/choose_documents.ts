/**
 * Which documents `runlit test` runs.
 *
 * @module
 */

import { resolve } from "node:path";
import type { ExampleEvent } from "../../../repl/literate/report/events.ts";
import { findDocuments } from "../../../repl/literate/run/find_documents.ts";
import { readLastFailed, writeLastFailed } from "../../../repl/literate/run/last_failed.ts";
import type { DocumentTarget } from "../../../repl/literate/run/run_documents.ts";
import { note } from "../print.ts";
import { UsageError } from "../usage_error.ts";

/**
 * Chooses the documents that words name; with `lastFailed` the examples in them that failed in the
 * last run that was started in the current directory.
 *
 * @throws {UsageError} There is no such document.
 */
export function chooseDocuments(
  words: readonly string[],
  { lastFailed }: { readonly lastFailed?: boolean } = {},
): DocumentTarget[] {
  const last = lastFailed ? readLastFailed(process.cwd()) : null;
  if (lastFailed && last === null) note("No run is remembered here: all documents run");
  if (last !== null && words.length === 0) {
    if (last.length === 0) note("Nothing failed last time");
    return last;
  }
  let found: DocumentTarget[];
  try {
    found = findDocuments(words);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (last === null) return found;
  const paths = new Set(found.map((target) => resolve(target.path)));
  return last.filter((target) => paths.has(resolve(target.path)));
}

/** Remembers what failed, for `lastFailed`. */
export function rememberFailures(failures: readonly ExampleEvent[]): void {
  const lines = new Map<string, number[]>();
  for (const { document, line } of failures) {
    lines.set(document, [...(lines.get(document) ?? []), line]);
  }
  const targets = Array.from(lines, ([path, list]) => ({ path: resolve(path), lines: list }));
  writeLastFailed(process.cwd(), targets);
}

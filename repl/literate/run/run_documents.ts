/**
 * Runs many documents, several at a time.
 *
 * @module
 */

import { availableParallelism } from "node:os";
import type { SummaryEvent, TestEvent } from "../report/events.ts";
import { runDocument, type RunDocumentOptions } from "./run_document.ts";

/** A document to run, or some of its examples. */
export interface DocumentTarget {
  readonly path: string;
  /** Lines of the examples to report. Default: all. */
  readonly lines?: readonly number[];
}

/** Options of {@linkcode runDocuments}. */
export interface RunDocumentsOptions extends Omit<RunDocumentOptions, "lines" | "project"> {
  /** How many run at a time. Default: as many as there are processors. */
  readonly jobs?: number;
  /** Settings of the project that a document belongs to. */
  readonly projectOf?: (path: string) => Promise<RunDocumentOptions["project"]>;
}

/**
 * Runs documents, and returns how many examples passed and failed in all. Events come document by
 * document, in the order given, whichever is over first.
 */
export async function runDocuments(
  targets: readonly DocumentTarget[],
  options: RunDocumentsOptions = {},
): Promise<SummaryEvent> {
  const start = performance.now();
  const { onEvent = () => {}, projectOf, jobs = availableParallelism(), failFast } = options;
  onEvent({ type: "run-start", documents: targets.length, runtime: runtimeName() });
  const totals = { documents: 0, passed: 0, failed: 0, skipped: 0 };
  const waiting = targets.map((): TestEvent[] | null => null);
  let next = 0;
  let told = 0;
  const work = async (): Promise<void> => {
    while (next < targets.length && !(failFast && totals.failed > 0) && !options.signal?.aborted) {
      const i = next++;
      const { path, lines } = targets[i];
      const events: TestEvent[] = [];
      const project = await projectOf?.(path);
      const onDocumentEvent = (event: TestEvent) => void events.push(event);
      const end = await runDocument(path, { ...options, project, lines, onEvent: onDocumentEvent })
        .catch((error: Error) => unreadable(path, error, onDocumentEvent));
      totals.documents++;
      for (const name of ["passed", "failed", "skipped"] as const) totals[name] += end[name];
      waiting[i] = events;
      for (; waiting[told]; told++) for (const event of waiting[told]!) onEvent(event);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, targets.length)) }, work));
  const summary: SummaryEvent = {
    type: "summary",
    ...totals,
    durationMs: performance.now() - start,
  };
  onEvent(summary);
  return summary;
}

/** A document that cannot even be read is a failure like others. */
function unreadable(document: string, error: Error, onEvent: (event: TestEvent) => void) {
  onEvent({ type: "document-start", document, examples: 0 });
  onEvent({ type: "document-error", document, message: error.message });
  const counts = { passed: 0, failed: 1, skipped: 0, durationMs: 0 };
  onEvent({ type: "document-end", document, ...counts });
  return counts;
}

function runtimeName(): string {
  const { deno } = process.versions;
  return deno === undefined ? `node ${process.versions.node}` : `deno ${deno}`;
}

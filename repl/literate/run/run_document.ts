/**
 * Runs a document.
 *
 * @module
 */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join, relative, resolve } from "node:path";
import { type DocumentSettings, NO_SETTINGS } from "../parse/document_settings.ts";
import type { DocumentEndEvent, TestEvent } from "../report/events.ts";
import { runlitScript } from "./child_command.ts";
import { documentPermissions } from "./document_permissions.ts";
import type { DocumentJob, PromptTerminal } from "./messages.ts";
import { type SupervisedDocument, superviseDocument } from "./supervise_document.ts";

/** Options of {@linkcode runDocument}. */
export interface RunDocumentOptions {
  /** Settings of the project; the document's win. */
  readonly project?: DocumentSettings;
  /** Milliseconds an example may take. Default: 30,000. */
  readonly timeout?: number;
  /** Milliseconds a document may take. Default: 600,000. */
  readonly documentTimeout?: number;
  /** Lines of the examples to report; those before them run too. Default: all. */
  readonly lines?: readonly number[];
  /** Text that the source of examples to report has in it. Default: all. */
  readonly filter?: string;
  /** Whether the rest is not run after the first failure. Default: false. */
  readonly failFast?: boolean;
  /** Directory that the document's path is shown relative to. Default: the current one. */
  readonly root?: string;
  /** Whether the types of all examples are checked. Default: of those with `+typecheck`. */
  readonly typecheck?: boolean;
  /** Directory for V8's coverage. Default: none is taken. */
  readonly coverage?: string;
  /** Whether examples that passed are only counted, which saves time. Default: false. */
  readonly brief?: boolean;
  /**
   * The terminal. At the first failure a prompt is shown there that has the document's state, and
   * inputs are read from standard input. Default: no prompt.
   */
  readonly terminal?: PromptTerminal & { readonly show: (text: string) => void };
  /** Is told what happens. */
  readonly onEvent?: (event: TestEvent) => void;
  /** Ends the document's process when it aborts. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the examples of a document, and returns how many passed and failed.
 *
 * The document has a process of its own on the runtime that this is called on, and a temporary
 * directory as its current one, which is gone afterwards. Imports start at the document. Shell
 * examples find the `runlit` that is running.
 *
 * @example A document that is true
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { runDocument } from "runlit/literate";
 *
 * const dir = mkdtempSync(join(tmpdir(), "example-"));
 * writeFileSync(join(dir, "sums.md"), "# Sums\n\n    >>> 1 + 1\n    2\n");
 * const { passed, failed } = await runDocument(join(dir, "sums.md"));
 * assert.deepEqual([passed, failed], [1, 0]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function runDocument(
  path: string,
  options: RunDocumentOptions = {},
): Promise<DocumentEndEvent> {
  const document = resolve(path);
  const { project = NO_SETTINGS, root = process.cwd() } = options;
  const { permissions, retries } = await documentPermissions(document, project);
  let typeErrors: SupervisedDocument["problems"] | undefined;
  // Once, however often the document is run.
  async function typesOf(ran: SupervisedDocument): Promise<SupervisedDocument["problems"]> {
    if (!ran.typecheck && options.typecheck !== true) return [];
    const { checkTypes } = await import("../typecheck/check_types.ts");
    const all = options.typecheck === true;
    // Where there is no type checker, what came of the examples is told all the same.
    typeErrors ??= await checkTypes(document, { project, all }).catch((error: Error) => {
      return [{ message: error.message }];
    });
    return typeErrors;
  }
  for (let trial = 1;; trial++) {
    const ran = await runOnce(document, permissions, options);
    const supervised = { ...ran, problems: [...ran.problems, ...await typesOf(ran)] };
    const failed = supervised.problems.length +
      supervised.results.filter((result) => result.status === "failed").length;
    if (failed > 0 && trial <= retries && options.signal?.aborted !== true) continue;
    return tell(relative(root, document), supervised, trial, options.onEvent ?? (() => {}));
  }
}

async function runOnce(
  document: string,
  permissions: readonly string[] | null,
  options: RunDocumentOptions,
): Promise<SupervisedDocument> {
  const { project = NO_SETTINGS, timeout = 30_000, documentTimeout = 600_000 } = options;
  const { show, ...terminal } = options.terminal ?? { show: undefined };
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "runlit-doc-")));
  // The output is not in the directory that the document sees.
  const outputFile = join(dir, "output");
  const cwd = join(dir, basename(document).replace(/\.[^.]*$/, "") || "document");
  try {
    mkdirSync(cwd);
    mkdirSync(join(dir, "tmp"));
    mkdirSync(join(dir, "bin"));
    writeFileSync(join(dir, "bin", "runlit"), runlitScript(), { mode: 0o755 });
    writeFileSync(outputFile, "");
    const job: DocumentJob = {
      document,
      outputFile,
      project,
      timeout,
      lines: options.lines ?? null,
      filter: options.filter ?? null,
      failFast: options.failFast ?? false,
      brief: options.brief ?? false,
      terminal: show === undefined ? null : terminal,
    };
    return await superviseDocument(job, {
      cwd,
      permissions,
      env: {
        TMPDIR: join(dir, "tmp"),
        PATH: [join(dir, "bin"), process.env.PATH].join(delimiter),
      },
      mark: `TMPDIR=${join(dir, "tmp")}`,
      documentTimeout,
      coverage: options.coverage ?? null,
      show,
      signal: options.signal,
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Tells what came of a document as events, in order. */
function tell(
  document: string,
  supervised: SupervisedDocument,
  trial: number,
  onEvent: (event: TestEvent) => void,
): DocumentEndEvent {
  const { examples, results, counted, problems, durationMs } = supervised;
  const again = trial > 1 ? { trial } : {};
  onEvent({ type: "document-start", document, examples: examples.length, ...again });
  for (const problem of problems) onEvent({ type: "document-error", document, ...problem });
  const counts = { passed: counted, failed: problems.length, skipped: 0 };
  for (const result of results) {
    counts[result.status]++;
    onEvent({ type: "example", document, ...examples[result.index], ...result });
  }
  const end: DocumentEndEvent = { type: "document-end", document, ...counts, durationMs };
  onEvent(end);
  return end;
}

/**
 * Documents as tests of `node --test` and `deno test`.
 *
 * @module
 */

import { test } from "node:test";
import type { ExampleEvent, TestEvent } from "../report/events.ts";
import { prettyReporter } from "../report/pretty_reporter.ts";
import { projectSettings } from "./project_settings.ts";
import { runDocument, type RunDocumentOptions } from "./run_document.ts";

/**
 * Declares a test of a document, with a sub-test for each example: a line of a test file makes the
 * document part of what `node --test` and `deno test` run.
 *
 * ```ts
 * import { testDocument } from "runlit/literate";
 *
 * testDocument("docs/guide.md");
 * ```
 *
 * On Deno the test file needs permission to run `deno`.
 */
export function testDocument(path: string, options: RunDocumentOptions = {}): void {
  test(path, async (context) => {
    const project = options.project ?? await projectSettings(path);
    const events: TestEvent[] = [];
    await runDocument(path, {
      ...options,
      project,
      onEvent(event) {
        events.push(event);
        options.onEvent?.(event);
      },
    });
    const report = prettyReporter();
    for (const event of events) {
      if (event.type === "document-error") throw new Error(report(event).trimEnd());
      if (event.type !== "example") continue;
      await context.test(nameOf(event), { skip: event.status === "skipped" }, () => {
        if (event.status !== "failed") return;
        const error = new Error(report(event).trimEnd());
        // Where it was thrown says nothing; the message has the document's line.
        error.stack = `${error.name}: ${error.message}`;
        throw error;
      });
    }
  });
}

function nameOf({ line, source }: ExampleEvent): string {
  return `line ${line}: ${source.split("\n", 1)[0]}`;
}

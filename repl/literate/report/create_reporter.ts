/**
 * Reporters by name.
 *
 * @module
 */

import type { Reporter } from "./events.ts";
import { githubReporter } from "./github_reporter.ts";
import { jsonlReporter } from "./jsonl_reporter.ts";
import { junitReporter } from "./junit_reporter.ts";
import { prettyReporter, type PrettyReporterOptions } from "./pretty_reporter.ts";
import { tapReporter } from "./tap_reporter.ts";
import { suggest } from "../../../lib/suggest.ts";

/** Names of the reporters. */
export const REPORTER_NAMES = ["pretty", "tap", "junit", "github", "jsonl"] as const;

/**
 * Makes the reporter of a name; the options are for the pretty one.
 *
 * @throws {RangeError} There is no such reporter.
 *
 * @example Report to the log of a workflow
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReporter } from "runlit/literate";
 *
 * const report = createReporter("github");
 * const text = report({ type: "document-error", document: "a.md", line: 3, message: "Oh" });
 * assert.equal(text, "::error file=a.md,line=3,title=Document::Oh\n");
 * ```
 */
export function createReporter(name: string, options: PrettyReporterOptions = {}): Reporter {
  switch (name) {
    case "pretty":
      return prettyReporter(options);
    case "tap":
      return tapReporter();
    case "junit":
      return junitReporter();
    case "github":
      return githubReporter();
    case "jsonl":
      return jsonlReporter();
    default: {
      const near = suggest(name, REPORTER_NAMES);
      const hint = near === null
        ? `use one of ${REPORTER_NAMES.join(", ")}`
        : `did you mean '${near}'?`;
      throw new RangeError(`There is no reporter '${name}'; ${hint}`);
    }
  }
}

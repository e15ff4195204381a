/**
 * Starts the process of a document.
 *
 * @module
 */

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { childCommand } from "./child_command.ts";
import type { DocumentJob } from "./messages.ts";

/** What the supervisor needs beside the job. */
export interface SuperviseOptions {
  readonly cwd: string;
  readonly permissions: readonly string[] | null;
  /** Variables that the process gets in addition. */
  readonly env: Readonly<Record<string, string>>;
  /** Text in that which no other process has in its environment. */
  readonly mark: string;
  readonly documentTimeout: number;
  readonly coverage: string | null;
  readonly signal?: AbortSignal;
  /** Shows text of the prompt at a failure. */
  readonly show?: (text: string) => void;
}

/** Starts a process that does the job, and reports on descriptor 3. */
export function startDocument(job: DocumentJob, options: SuperviseOptions): ChildProcess {
  const { file, args } = childCommand(job.document, options.permissions, options.coverage);
  const coverage = options.coverage === null ? {} : { NODE_V8_COVERAGE: options.coverage };
  const output = openSync(job.outputFile, "a");
  try {
    return spawn(file, args, {
      cwd: options.cwd,
      // A group of its own: most of what the document starts is in it.
      detached: true,
      stdio: [job.terminal === null ? "ignore" : "inherit", output, output, "pipe"],
      env: {
        ...process.env,
        NO_COLOR: "1",
        ...options.env,
        ...coverage,
        RUNLIT_DOCUMENT_JOB: JSON.stringify(job),
      },
    });
  } finally {
    closeSync(output);
  }
}

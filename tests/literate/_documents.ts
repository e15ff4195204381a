/**
 * Documents in a temporary directory, and how they are run.
 *
 * @module
 */

import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runDocument, type RunDocumentOptions } from "../../repl/literate/run/run_document.ts";
import type {
  DocumentEndEvent,
  ExampleEvent,
  TestEvent,
} from "../../repl/literate/report/events.ts";
import { type ProgramResult, runProgram } from "../../scripts/house/run_program.ts";
import { OWN_RUNLIT } from "../../scripts/house/tools.ts";

/** What running a document told. */
export interface Told {
  readonly end: DocumentEndEvent;
  readonly examples: readonly ExampleEvent[];
  /** Line and reason of each failure. */
  readonly failures: readonly string[];
  readonly problems: readonly string[];
}

/** A directory with documents. */
export interface Documents {
  readonly dir: string;
  path(name: string): string;
  write(name: string, text: string): string;
  read(name: string): string;
  run(name: string, options?: RunDocumentOptions): Promise<Told>;
  /** Calls `runlit test` there. */
  test(args: readonly string[], env?: Record<string, string | undefined>): Promise<ProgramResult>;
}

/** Calls a function with a directory of documents, which is removed afterwards. */
export async function withDocuments(
  files: Readonly<Record<string, string>>,
  use: (documents: Documents) => Promise<void>,
): Promise<void> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "documents-test-")));
  const path = (name: string) => join(dir, name);
  const documents: Documents = {
    dir,
    path,
    write(name, text) {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), text);
      return path(name);
    },
    read: (name) => readFileSync(path(name), "utf8"),
    async run(name, options = {}) {
      const events: TestEvent[] = [];
      const onEvent = (event: TestEvent) => void events.push(event);
      const end = await runDocument(path(name), { ...options, root: dir, onEvent });
      const examples = events.filter((event) => event.type === "example");
      return {
        end,
        examples,
        failures: examples.filter(({ status }) => status === "failed").map(({ line, failure }) =>
          `${line}: ${failure?.reason}`
        ),
        problems: events.filter((event) => event.type === "document-error").map(({ message }) =>
          message
        ),
      };
    },
    test: (args, env = {}) =>
      runProgram([...OWN_RUNLIT, "test", ...args], {
        cwd: dir,
        env: { CI: undefined, XDG_STATE_HOME: join(dir, ".state"), NO_COLOR: "1", ...env },
      }),
  };
  try {
    for (const [name, text] of Object.entries(files)) documents.write(name, text);
    await use(documents);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Whether a process is there and no zombie. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}

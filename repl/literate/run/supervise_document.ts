/**
 * Listens to the process of a document, and ends it when it hangs.
 *
 * @module
 */

import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { endProcesses, signalProcesses } from "../../processes/end_processes.ts";
import { bootClock, type WantedProcesses } from "../../processes/find_processes.ts";
import { startDocument, type SuperviseOptions } from "./start_document.ts";
import type { ChildMessage, DocumentJob, ExampleInfo, ExampleResult } from "./messages.ts";

/** What came of a document. */
export interface SupervisedDocument {
  readonly examples: readonly ExampleInfo[];
  /** Results in order: of all examples, or without those that passed and were only counted. */
  readonly results: readonly ExampleResult[];
  /** Number of examples that passed and are not in `results`. */
  readonly counted: number;
  /** Whether an example asks for a check of its types. */
  readonly typecheck: boolean;
  readonly problems: readonly { readonly line?: number; readonly message: string }[];
  readonly durationMs: number;
}

/** Milliseconds that a process has to end an example by itself before it is killed. */
const GRACE_MS = 1000;

/** Runs the job in a process of its own, to the end of both. */
export async function superviseDocument(
  job: DocumentJob,
  options: SuperviseOptions,
): Promise<SupervisedDocument> {
  const start = performance.now();
  const since = bootClock();
  const child = startDocument(job, options);
  const watch = new DocumentWatch(child, job, { ...options, since });
  await watch.over;
  return { ...watch.outcome(), durationMs: performance.now() - start };
}

/** Listens to the process of a document; owns its timers. */
class DocumentWatch {
  /** Resolves when the process and all that it started are gone. */
  readonly over: Promise<void>;
  readonly #job: DocumentJob;
  readonly #show: (text: string) => void;
  readonly #child: ChildProcess;
  /** The process, and whatever it has started: shells lead groups of their own. */
  readonly #processes: WantedProcesses;
  #examples: readonly ExampleInfo[] = [];
  readonly #results: ExampleResult[] = [];
  #counted = 0;
  #typecheck = false;
  readonly #problems: { line?: number; message: string }[] = [];
  /** The example that may be to blame: the last one that was said to begin. */
  #current = -1;
  #ended = false;
  #killed: string | null = null;
  /** Milliseconds that the timer of the example was set to. */
  #limit = -1;
  #exampleTimer: NodeJS.Timeout | undefined;
  #documentTimer: NodeJS.Timeout | undefined;

  constructor(
    child: ChildProcess,
    job: DocumentJob,
    options: SuperviseOptions & { readonly since: number },
  ) {
    this.#child = child;
    const { pid } = child;
    const { mark, since } = options;
    this.#processes = pid === undefined ? {} : { ancestor: pid, group: pid, mark, since };
    this.#job = job;
    this.#show = options.show ?? (() => {});
    this.#limitDocument(options.documentTimeout);
    // Until it is heard of, it is starting: that may take its time, but not for ever.
    const start = Math.max(job.timeout, 60_000);
    this.#limitExample(start, `the process did not start within ${start / 1000} s`);
    const abort = () => this.#kill("interrupted");
    options.signal?.addEventListener("abort", abort);
    if (options.signal?.aborted) abort();
    const exited = new Promise<string>((resolve) => {
      child.on("error", (error) => resolve(`cannot be started: ${error.message}`));
      child.on("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    this.over = Promise.all([exited, this.#listen(child.stdio[3] as Readable)]).then(
      async ([how]) => {
        clearTimeout(this.#exampleTimer);
        clearTimeout(this.#documentTimer);
        options.signal?.removeEventListener("abort", abort);
        await endProcesses(this.#processes);
        if (!this.#ended) this.#blame(this.#killed ?? `the process ended early (${how})`);
      },
    );
  }

  outcome(): Omit<SupervisedDocument, "durationMs"> {
    return {
      examples: this.#examples,
      results: this.#results,
      counted: this.#counted,
      typecheck: this.#typecheck,
      problems: this.#problems,
    };
  }

  #listen(reports: Readable): Promise<void> {
    let rest = "";
    reports.setEncoding("utf8");
    reports.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!;
      for (const line of lines) this.#hear(JSON.parse(line));
    });
    return new Promise((resolve) => {
      reports.on("error", () => resolve());
      reports.on("close", () => resolve());
    });
  }

  #hear(message: ChildMessage): void {
    switch (message.type) {
      case "document":
        this.#examples = message.examples;
        this.#typecheck = message.typecheck;
        if (message.timeout !== null) this.#limitDocument(message.timeout);
        break;
      case "problem":
        this.#problems.push(
          message.line === undefined
            ? { message: message.message }
            : { line: message.line, message: message.message },
        );
        break;
      case "begin":
        this.#take(message);
        this.#current = message.index;
        this.#limitExample(message.timeout);
        return;
      case "results":
        this.#take(message);
        break;
      case "show":
        this.#show(message.text);
        return;
      case "prompt":
        this.#limitDocument(0);
        this.#limitExample(0);
        return;
      case "end":
        this.#ended = true;
        // What keeps the pipe open is not waited for.
        (this.#child.stdio[3] as Readable).destroy();
    }
    this.#limitExample(this.#job.timeout);
  }

  #take({ results, passed }: { results: readonly ExampleResult[]; passed: number }): void {
    for (const result of results) this.#results.push(result);
    this.#counted += passed;
  }

  #limitExample(
    timeout: number,
    reason = `no result after ${timeout / 1000} s, the process was ended`,
  ): void {
    if (timeout === this.#limit && timeout > 0) return void this.#exampleTimer?.refresh();
    this.#limit = timeout;
    clearTimeout(this.#exampleTimer);
    if (timeout <= 0) return;
    this.#exampleTimer = setTimeout(() => this.#kill(reason), timeout + GRACE_MS);
  }

  #limitDocument(timeout: number): void {
    clearTimeout(this.#documentTimer);
    if (timeout <= 0) return;
    const reason = `the document took longer than ${timeout / 1000} s, its process was ended`;
    this.#documentTimer = setTimeout(() => this.#kill(reason), timeout);
  }

  #kill(reason: string): void {
    this.#killed ??= reason;
    signalProcesses(this.#processes, "SIGKILL");
    (this.#child.stdio[3] as Readable).destroy();
  }

  /** The process is gone before its time: one example is to blame, the rest was not run. */
  #blame(reason: string): void {
    const done = this.#results.length + this.#counted;
    const index = Math.max(this.#current, done);
    if (index >= this.#examples.length) {
      const printed = readFileSync(this.#job.outputFile, "utf8").trimEnd().slice(-2000);
      this.#problems.push({ message: printed === "" ? reason : `${reason}\n${printed}` });
      return;
    }
    for (let i = done; i < this.#examples.length; i++) {
      this.#results.push(
        i === index ? broken(i, reason) : {
          index: i,
          status: "failed",
          durationMs: 0,
          failure: { ...NOTHING, reason: "not run: the document's process has ended" },
        },
      );
    }
  }
}

const NOTHING = {
  reason: "",
  line: null,
  diff: [],
  expected: "",
  actual: "",
  match: null,
  separator: false,
} as const;

function broken(index: number, reason: string): ExampleResult {
  return { index, status: "failed", durationMs: 0, failure: { ...NOTHING, reason } };
}

/**
 * The session behind the prompt: evaluates inputs, shows what came of them, remembers them.
 *
 * @module
 */

import { join } from "node:path";
import { lazySession } from "./child/lazy_session.ts";
import type { EvaluatedInput, SessionProcess } from "./child/session_process.ts";
import type { Terminal } from "./editor/terminal.ts";
import { type InputQueue, inputQueue, type WaitingInput } from "./input_queue.ts";
import type { ExpectedOutput, RecordedInput } from "./recorded_input.ts";
import { cutOutput, formatSessionError } from "./show_input.ts";
import { untilOver } from "./until_over.ts";

/** Options of {@linkcode liveSession}. */
export interface LiveSessionOptions {
  readonly terminal: Terminal;
  readonly projectDir: string;
  readonly runsDir: string;
  readonly startDir: string;
  readonly color: boolean;
  /** Writes text as it is, a line, and a line that is no result. */
  readonly write: (text: string) => void;
  readonly print: (line?: string) => void;
  readonly note: (line: string) => void;
  /** What the prompt is to end with; null while it goes on. */
  readonly exitCode: () => number | null;
  readonly exit: (code: number) => void;
  /** Evaluates startup files after a restart. */
  readonly onStart: () => Promise<void>;
}

/** A session that survives the end of its process. */
export interface LiveSession {
  readonly process: SessionProcess;
  readonly inputs: readonly RecordedInput[];
  readonly cwd: string;
  readonly lastOutput: string;
  /** Several inputs, and what of them is left. */
  readonly queue: InputQueue;
  evaluate(source: string, expected?: ExpectedOutput | null): Promise<RecordedInput>;
  restart(options: { replay: boolean }): Promise<void>;
  /** Starts the process anew if it has ended. */
  recover(): Promise<void>;
  /** Forgets the inputs so far, which were those of startup files. */
  forget(): void;
}

/** Begins a session. */
export function liveSession(options: LiveSessionOptions): LiveSession {
  const { terminal, projectDir, runsDir, startDir, color } = options;
  const { write, print, note, exitCode, exit, onStart } = options;
  let inputs: RecordedInput[] = [];
  let cwd = startDir;
  let column = 0;
  let quiet = false;
  let lastOutput = "";
  /** The number of the last input; one that is evaluated again keeps its own. */
  let highest = 0;
  const queue = inputQueue({
    color,
    columns: () => terminal.columns,
    print,
    note,
    evaluate: evaluateWaiting,
  });
  let session = newSession();

  function newSession() {
    const started = lazySession({
      document: join(startDir, "repl.ts"),
      projectDir,
      runsDir,
      onOutput(text) {
        if (quiet) return;
        write(text);
        column = text.endsWith("\n") ? 0 : 1;
      },
      onLateError: (short) => print(`Uncaught (nobody waited for it) ${short}`),
      onEnd({ reason }) {
        if (started !== session || exitCode() !== null) return;
        lost = reason;
      },
    });
    return started;
  }
  let lost: string | null = null;

  async function evaluate(
    source: string,
    expected: ExpectedOutput | null = null,
  ): Promise<RecordedInput> {
    return await evaluateWaiting({ source, expected });
  }

  async function evaluateWaiting(
    { source, expected, again }: WaitingInput,
  ): Promise<RecordedInput> {
    const number = again ?? highest + 1;
    highest = Math.max(highest, number);
    quiet = again !== undefined;
    column = 0;
    const asked = session.evaluate(source, { number, width: terminal.columns, color });
    const result = await untilOver(asked, {
      session,
      terminal,
      note,
      canStop: process.versions.deno === undefined,
    });
    if (column > 0) print();
    const input = record(number, source, result === "restart" ? null : result, expected);
    inputs = [...inputs, input];
    if (result !== null && result !== "restart") cwd = result.cwd;
    if (result === "restart") await offerReplay();
    else if (result === null) await recover();
    else {
      if (result.status === "exit") exit(result.exitCode ?? 0);
      if (!quiet) show(result, source);
    }
    quiet = false;
    return input;
  }

  function show(result: EvaluatedInput, source: string): void {
    if (result.error) print(formatSessionError(result.error, source, color));
    if (result.status === "interrupted") note("Interrupted; the session goes on");
    lastOutput = `${result.printed}${result.shown ?? ""}`;
    if (result.shown === null) return;
    const { text, cut } = cutOutput(result.shown, terminal.rows);
    print(text);
    if (cut) {
      note(`… ${result.shown.split("\n").length - text.split("\n").length} more lines: .more`);
    }
  }

  /** The process of the session is gone. */
  async function recover(): Promise<void> {
    if (exitCode() !== null) return;
    note(`The session's process has ended (${lost ?? "it does not say why"})`);
    lost = null;
    await offerReplay();
  }

  async function offerReplay(): Promise<void> {
    quiet = false;
    // What was not evaluated yet is no earlier input, and still left.
    const fresh = queue.left.filter(({ again }) => again === undefined);
    const good = earlier().length;
    if (good === 0) return await startAnew(fresh);
    terminal.write(
      `Evaluate the ${good === 1 ? "earlier input" : `${good} earlier inputs`} again? [y/N] `,
    );
    const answer = await new Promise<string>((resolve) =>
      terminal.listen((key) => {
        resolve(key.text);
      })
    );
    terminal.listen(null);
    const replay = /^y/i.test(answer);
    print(replay ? "yes" : "no");
    await (replay ? restart({ replay }) : startAnew(fresh));
  }

  /** What is evaluated again: what has been, and what would have been by now. */
  function earlier(): WaitingInput[] {
    const good = inputs.filter(({ status }) => status === "value");
    return [
      ...good.map(({ source, expected, number }) => ({ source, expected, again: number })),
      ...queue.left.filter(({ again }) => again !== undefined),
    ];
  }

  async function restart({ replay }: { replay: boolean }): Promise<void> {
    const before = earlier();
    if (!replay || before.length === 0) return await startAnew([]);
    await startProcess(queue.left.filter(({ again }) => again === undefined));
    highest = before.reduce((most, { again = 0 }) => Math.max(most, again), 0);
    await queue.evaluateAll(before);
  }

  async function startAnew(left: readonly WaitingInput[]): Promise<void> {
    await startProcess(left);
    note("The session starts anew");
  }

  async function startProcess(left: readonly WaitingInput[]): Promise<void> {
    const old = session;
    session = newSession();
    await old.end();
    inputs = [];
    highest = 0;
    cwd = startDir;
    queue.leave(left);
    await onStart();
  }

  return {
    evaluate,
    queue,
    restart,
    async recover() {
      if (lost !== null) await recover();
    },
    forget() {
      inputs = [];
      highest = 0;
    },
    get process() {
      return session;
    },
    get inputs() {
      return inputs;
    },
    get cwd() {
      return cwd;
    },
    get lastOutput() {
      return lastOutput;
    },
  };
}

function record(
  number: number,
  source: string,
  result: EvaluatedInput | null,
  expected: ExpectedOutput | null,
): RecordedInput {
  if (result === null) {
    const nothing = { printed: "", plain: null, error: null, durationMs: 0 };
    return { number, source, status: "ended", ...nothing, expected };
  }
  const { status, printed, plain, error, durationMs, shellExit } = result;
  const { stderr = false, awaited = false } = result;
  const exit = shellExit === undefined ? {} : { shellExit };
  const outcome = { status, printed, plain, error, durationMs, stderr, awaited, ...exit };
  return { number, source, ...outcome, expected };
}

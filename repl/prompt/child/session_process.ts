/**
 * The process of a session, as the prompt sees it.
 *
 * @module
 */

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { outputPipes } from "../../../lib/runtime/output_pipe.ts";
import { endProcesses, processesGone, signalProcesses } from "../../processes/end_processes.ts";
import { bootClock } from "../../processes/find_processes.ts";
import type {
  InputResult,
  KnownRun,
  PromptMessage,
  SessionJob,
  SessionMessage,
} from "./messages.ts";
import { markedOutput } from "./marked_output.ts";
import { sessionCommand } from "./session_command.ts";

/** What came of an input, with what it printed. */
export interface EvaluatedInput extends InputResult {
  readonly printed: string;
}

/** Options of {@linkcode startSession}. */
export interface StartSessionOptions extends Omit<SessionJob, "mark"> {
  /** Is given what the session and its child processes print, as it comes. */
  readonly onOutput: (text: string) => void;
  /** Is told of errors that nobody waited for. */
  readonly onLateError: (short: string) => void;
  /** Is told how the process ended when nobody asked it to, or why it could not be started. */
  readonly onEnd: (how: { readonly reason: string }) => void;
}

/** A process that evaluates inputs. */
export interface SessionProcess {
  /** Evaluates an input; null when the process ended before it was over. */
  evaluate(
    source: string,
    options: { number: number; width: number; color: boolean },
  ): Promise<EvaluatedInput | null>;
  /** Ends the evaluation, politely first, and the processes that it started. */
  interrupt(): void;
  /** Ends code that does not give way; false where the runtime cannot do that. */
  terminate(): boolean;
  names(expression?: string): Promise<readonly string[]>;
  runs(): Promise<readonly KnownRun[]>;
  /** Ends the process, and everything that it started. */
  end(): Promise<void>;
}

/** Milliseconds that completion waits for an answer: loading the library takes long on a busy machine. */
const ANSWER_MS = 10_000;

/** Milliseconds that commands have to end, and a run that they are part of to record how. */
const LAST_WORDS_MS = 1000;

/** Starts a process for a session; it need not be ready yet. */
export function startSession(options: StartSessionOptions): SessionProcess {
  const { onOutput, onLateError, onEnd, ...place } = options;
  const id = randomUUID();
  const mark = `\x1b]runlit;${id}\x07`;
  const { file, args } = sessionCommand(place.document, [
    place.projectDir,
    place.runsDir,
    process.cwd(),
  ]);
  const [out, err] = outputPipes();
  const marked = { mark: `RUNLIT_SESSION_ID=${id}`, since: bootClock() };
  const job: SessionJob = { ...place, mark };
  const child = spawn(file, [...args], {
    // Keys like Ctrl-C are for the prompt; what the session started ends with it.
    detached: true,
    stdio: ["ignore", out.stdio, err.stdio, "ipc", "pipe"],
    env: {
      ...process.env,
      RUNLIT_SESSION: JSON.stringify(job),
      // By this, what has left the group is known, and what is left of a session that crashed.
      RUNLIT_SESSION_ID: id,
      NO_COLOR: "1",
    },
  });
  const output = markedOutput(mark, onOutput);
  out.start(child.stdout, (chunk) => output.add(0, chunk), () => output.close(0));
  err.start(child.stderr, (chunk) => output.add(1, chunk), () => output.close(1));

  const waiting = new Map<number, (message: SessionMessage | null) => void>();
  let lastId = 0;
  let ended = false;
  /** When the evaluation began that is going on; what was started before goes on. */
  let since = 0;
  let lastAnswer: Promise<unknown> = Promise.resolve();
  let resolveReady: () => void;
  const ready = new Promise<void>((resolve) => {
    resolveReady = resolve;
  });

  child.on("message", (message: SessionMessage) => {
    if (message.type === "ready") resolveReady();
    else if (message.type === "late-error") onLateError(message.short);
    else {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  child.on("error", ({ message }) => over(`it cannot be started: ${message}`));
  child.on("exit", (code, signal) => over(signal ?? `exit code ${code}`));
  child.stdio[4]?.on("error", () => {});

  function over(reason: string): void {
    if (ended) return;
    ended = true;
    resolveReady();
    signalProcesses({ group: child.pid, ...marked }, "SIGKILL");
    for (const resolve of waiting.values()) resolve(null);
    waiting.clear();
    out.stop();
    err.stop();
    onEnd({ reason });
  }

  function ask(message: PromptMessage & { id: number }): Promise<SessionMessage | null> {
    if (ended) return Promise.resolve(null);
    return new Promise((resolve) => {
      waiting.set(message.id, resolve);
      send(message);
    });
  }

  function send(message: PromptMessage): void {
    if (child.connected) child.send(message, () => {});
  }

  /** Something that is not worth waiting for long, such as completion while code runs. */
  async function askSoon(message: PromptMessage & { id: number }): Promise<SessionMessage | null> {
    // Starting may take long, but comes to an end by itself.
    await ready;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), ANSWER_MS);
    });
    const answer = await Promise.race([ask(message), late]);
    clearTimeout(timer);
    return answer;
  }

  return {
    async evaluate(source, { number, width, color }) {
      await ready;
      since = bootClock();
      const printed = output.begin();
      const id = ++lastId;
      const asked = ask({ type: "evaluate", id, source, number, width, color });
      lastAnswer = asked;
      const message = await asked;
      if (message?.type !== "result") {
        output.end();
        return null;
      }
      return { ...message, printed: await printed };
    },
    interrupt() {
      send({ type: "interrupt" });
      if (!ended && child.pid) signalProcesses({ ancestor: child.pid, since }, "SIGINT");
    },
    terminate() {
      if (ended || !child.pid) return true;
      signalProcesses({ ancestor: child.pid, since }, "SIGKILL");
      if (process.versions.deno !== undefined) return false;
      (child.stdio[4] as Writable | null)?.write("!");
      return true;
    },
    async names(expression) {
      const answer = await askSoon({
        type: "names",
        id: ++lastId,
        ...(expression === undefined ? {} : { expression }),
      });
      return answer?.type === "names" ? answer.names : [];
    },
    async runs() {
      const answer = await askSoon({ type: "runs", id: ++lastId });
      return answer?.type === "runs" ? answer.runs : [];
    },
    async end() {
      if (ended || !child.pid) return;
      ended = true;
      const { pid } = child;
      // First its descendants: without their ancestor nobody knows them any more.
      if (signalProcesses({ ancestor: pid }, "SIGTERM") > 0) {
        // A run that they are part of records how it ended.
        await processesGone({ ancestor: pid }, LAST_WORDS_MS);
        await Promise.race([lastAnswer, sleep(LAST_WORDS_MS)]);
      }
      await endProcesses({ ancestor: pid, group: pid, ...marked });
      out.stop();
      err.stop();
    },
  };
}

/**
 * The process of an interactive session: evaluates inputs, and says what came of them.
 *
 * @module
 */

import { writeSync } from "node:fs";
import { signalProcesses } from "../../processes/end_processes.ts";
import { createEvaluator, type Evaluator } from "../../session/create_evaluator.ts";
import type { Evaluation } from "../../session/evaluation.ts";
import { formatError } from "../../session/format_error.ts";
import { formatValue } from "../../session/format_value.ts";
import { takeOverProcess } from "../../session/take_over_process.ts";
import { sessionScope } from "../../helpers/session_scope.ts";
import { allRuns, runScope } from "../../helpers/run_scope.ts";
import { runShell } from "../../literate/run/run_shell.ts";
import { isShellInput, shellCommand } from "../shell_input.ts";
import { propertyCandidates } from "./property_candidates.ts";
import { showValue } from "./show_value.ts";
import { sessionError } from "./session_error.ts";
import { listenForInterrupts } from "./terminate.ts";
import type { InputResult, PromptMessage, SessionJob, SessionMessage } from "./messages.ts";

type EvaluateMessage = Extract<PromptMessage, { type: "evaluate" }>;

/** A result of more characters is not kept for documents. */
const MOST_PLAIN = 200_000;

async function runSessionChild(): Promise<void> {
  const job: SessionJob = JSON.parse(process.env.RUNLIT_SESSION!);
  delete process.env.RUNLIT_SESSION;
  const send = (message: SessionMessage) => void process.send!(message);
  const scope = sessionScope();
  const runs = runScope(job);
  const evaluator = createEvaluator({
    document: job.document,
    name: "repl",
    scope: { ...scope, values: { ...scope.values, ...runs, last: undefined } },
  });
  const results = keepResults(evaluator);
  let interrupted = false;

  const late = (error: unknown) => send({ type: "late-error", short: formatError(error).short });
  process.on("uncaughtException", late);
  process.on("unhandledRejection", late);
  // Exits throw: the prompt is told first.
  const { exit, usedStderr } = takeOverProcess();
  // Ctrl-C is the prompt's business, and so is the end.
  process.on("SIGINT", () => {});
  const abandoned = () => {
    // The prompt was killed: nobody else ends what was started here.
    signalProcesses({ ancestor: process.pid, group: process.pid }, "SIGKILL");
    exit(0);
  };
  process.on("disconnect", abandoned);

  process.on("message", async (message: PromptMessage) => {
    switch (message.type) {
      case "evaluate": {
        if (mentionsLast(message.source)) results.setLast((await allRuns(job.runsDir))[0]);
        if (isShellInput(message.source)) {
          interrupted = false;
          const ran = await runCommand(message.source);
          const result = interrupted
            ? { ...ran, status: "interrupted" as const, shown: null }
            : ran;
          await endOutput(job.mark);
          send({ type: "result", id: message.id, ...result });
          break;
        }
        usedStderr();
        const start = performance.now();
        const evaluation = await evaluator.evaluate(message.source);
        const durationMs = performance.now() - start;
        const described = await describe(evaluation, message, durationMs);
        const result = usedStderr() ? { ...described, stderr: true } : described;
        results.keep(message.number, evaluation);
        await endOutput(job.mark);
        send({ type: "result", id: message.id, ...result });
        break;
      }
      case "interrupt":
        interrupted = true;
        evaluator.interrupt();
        break;
      case "names": {
        const { expression } = message;
        if (expression !== undefined && mentionsLast(expression)) {
          results.setLast((await allRuns(job.runsDir).catch(() => []))[0]);
        }
        const names = expression === undefined
          ? [...await evaluator.names(), ...scope.lazy.flatMap(({ names }) => names)]
          : await propertyCandidates(evaluator, scope, expression).catch(() => []);
        send({ type: "names", id: message.id, names: [...new Set(names)] });
        break;
      }
      case "runs": {
        const known = await allRuns(job.runsDir).catch(() => []);
        const names = known.map(({ id, name }) => ({ id, name }));
        send({ type: "runs", id: message.id, runs: names });
      }
    }
  });
  // It may have gone before this process could hear of it, and Deno does not always tell.
  const { ppid } = process;
  const isAbandoned = () => !process.connected || process.ppid !== ppid;
  if (isAbandoned()) return abandoned();
  setInterval(() => isAbandoned() && abandoned(), 1000).unref();
  listenForInterrupts();
  send({ type: "ready" });
}

/** A shell command shows how it exited as in a document, if not with 0. */
async function runCommand(source: string): Promise<InputResult> {
  const start = performance.now();
  const none = { shown: null, plain: null, error: null };
  try {
    const { exitCode } = await runShell(shellCommand(source), 0, { ownGroup: false });
    const shown = exitCode === 0 ? null : `<${exitCode}>`;
    const durationMs = performance.now() - start;
    const cwd = currentDir();
    return { ...none, status: "value", shown, shellExit: exitCode, durationMs, cwd };
  } catch (error) {
    const durationMs = performance.now() - start;
    return { ...none, status: "error", error: sessionError(error), durationMs, cwd: currentDir() };
  }
}

async function describe(
  evaluation: Evaluation,
  { width, color }: EvaluateMessage,
  durationMs: number,
): Promise<InputResult> {
  const none = { shown: null, plain: null, error: null, durationMs, cwd: currentDir() };
  switch (evaluation.status) {
    case "value": {
      try {
        const shown = showValue(evaluation.value, { width, color });
        const plain = formatValue(evaluation.value);
        const kept = plain !== null && plain.length <= MOST_PLAIN ? plain : null;
        return { ...none, status: "value", shown, plain: kept, awaited: evaluation.awaited };
      } catch (error) {
        return { ...none, status: "error", error: sessionError(error) };
      }
    }
    case "error": {
      const { exit } = formatError(evaluation.error);
      if (exit !== undefined) return { ...none, status: "exit", exitCode: exit };
      return { ...none, status: "error", error: sessionError(evaluation.error) };
    }
    default:
      return { ...none, status: evaluation.status };
  }
}

/** The directory may be gone. */
function currentDir(): string {
  try {
    return process.cwd();
  } catch {
    return "/";
  }
}

/** Keeps `_`, `_error` and results by number, as long as nobody else takes these names. */
function keepResults(evaluator: Evaluator) {
  const ours = new Map<string, unknown>();
  function set(name: string, value: unknown): void {
    const now: unknown = Reflect.get(globalThis, name);
    if (now !== undefined && now !== ours.get(name)) return;
    ours.set(name, value);
    evaluator.bind({ [name]: value });
  }
  return {
    keep(number: number, evaluation: Evaluation): void {
      if (evaluation.status === "error") set("_error", evaluation.error);
      if (evaluation.status !== "value" || evaluation.value === undefined) return;
      set("_", evaluation.value);
      set(`_${number}`, evaluation.value);
    },
    setLast: (run: unknown) => set("last", run),
  };
}

function mentionsLast(source: string): boolean {
  return /(?<![.\w$])last\b/.test(source);
}

/** Marks on both outputs that all of an evaluation's output is before it. */
async function endOutput(mark: string): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writableLength > 0) await new Promise((resolve) => stream.write("", resolve));
  }
  writeSync(1, mark);
  writeSync(2, mark);
}

await runSessionChild();

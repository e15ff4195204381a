/**
 * A prompt with a document's state, where its first example failed.
 *
 * @module
 */

import { dirname } from "node:path";
import { findProject } from "../../../lib/project/find_project.ts";
import { sessionScope } from "../../helpers/session_scope.ts";
import { propertyCandidates } from "../../prompt/child/property_candidates.ts";
import { completeEntry } from "../../prompt/complete/complete_entry.ts";
import type { Completion } from "../../prompt/editor/completion_list.ts";
import { openHistory } from "../../prompt/editor/history.ts";
import { historyPath } from "../../prompt/editor/history_path.ts";
import { readEntry } from "../../prompt/editor/read_entry.ts";
import { openTerminal } from "../../prompt/editor/terminal.ts";
import { examplesOf } from "../../prompt/examples_of.ts";
import { isShellInput, shellCommand } from "../../prompt/shell_input.ts";
import { checkInput } from "../../session/check_input.ts";
import type { Evaluator } from "../../session/create_evaluator.ts";
import type { Evaluation } from "../../session/evaluation.ts";
import { formatError } from "../../session/format_error.ts";
import { formatValue } from "../../session/format_value.ts";
import type { PromptTerminal } from "./messages.ts";
import type { OutputReader } from "./output_reader.ts";
import type { ReporterChannel } from "./reporter_channel.ts";
import { runShell } from "./run_shell.ts";

/** What a prompt at a failure takes. */
export interface FailurePromptOptions {
  readonly document: string;
  readonly terminal: PromptTerminal;
  readonly evaluator: Evaluator;
  readonly output: OutputReader;
  readonly channel: ReporterChannel;
  /** Milliseconds after which an input that blocks is given up. */
  readonly timeout: number;
}

/**
 * Reads inputs from the terminal as `runlit repl` does, and evaluates them, until its end or
 * `.exit`. The supervisor shows what is printed: descriptors 1 and 2 are the file that the output
 * is read from, and Deno opens a terminal only for those who may do everything.
 */
export async function failurePrompt(heading: string, options: FailurePromptOptions): Promise<void> {
  const { document, evaluator, channel } = options;
  const { color = false, columns, rows } = options.terminal;
  const write = (text: string) => channel.send({ type: "show", text });
  const print = (text: string) => write(text.replaceAll(/\r?\n/g, "\r\n"));
  print(`${heading}The document stopped here; its state is yours. End with Ctrl-D or .exit\n`);
  let hungUp = false;
  const silent = { on() {}, off() {} };
  const terminal = openTerminal(() => hungUp = true, { write, columns, rows, ...silent });
  const projectDir = findProject(dirname(document)).dir;
  const history = openHistory(historyPath(projectDir));
  const complete = completion(projectDir, evaluator);
  try {
    while (!hungUp) {
      const { kind, text } = await readEntry({
        terminal,
        history,
        color,
        isComplete: async (text) =>
          text.trim() === ".exit" || (isShellInput(text) && !text.endsWith("\\")) ||
          (await checkInput(text)).status !== "incomplete",
        complete,
        async onPaste(given) {
          const examples = await examplesOf(given);
          if (examples.length === 0) return given.replace(/\n$/, "");
          return examples.map(({ source }) => source).join("\n");
        },
      });
      if (kind === "end" || text.trim() === ".exit") break;
      if (kind === "cancel") continue;
      history.add(text);
      if (text.trim() === "") continue;
      const showing = evaluate(text, options);
      terminal.listen(({ name }) => name === "ctrl-c" && evaluator.interrupt());
      print(await showing);
      terminal.listen(null);
    }
  } finally {
    terminal.close();
  }
}

function completion(
  projectDir: string,
  evaluator: Evaluator,
): (text: string, cursor: number) => Promise<Completion> {
  const scope = sessionScope();
  async function names(expression?: string): Promise<readonly string[]> {
    if (expression !== undefined) {
      return await propertyCandidates(evaluator, scope, expression).catch(() => []);
    }
    return [...await evaluator.names(), ...scope.lazy.flatMap((group) => group.names)];
  }
  return async (text, cursor) => {
    if (/^\s*\./.test(text)) return { from: text.indexOf("."), candidates: [".exit"] };
    const session = { names, runs: async () => [] };
    return await completeEntry({ projectDir, cwd: process.cwd(), session }, text, cursor);
  };
}

/** Evaluates an input, and returns all that is to be shown of it. */
async function evaluate(
  text: string,
  { evaluator, output, timeout }: FailurePromptOptions,
): Promise<string> {
  if (isShellInput(text)) {
    try {
      const { exitCode } = await runShell(shellCommand(text), timeout);
      return `${printedBy(output)}${exitCode === 0 ? "" : `<${exitCode}>\n`}`;
    } catch (error) {
      // The directory may be gone.
      return `${printedBy(output)}${(error as Error).message}\n`;
    }
  }
  const evaluation = await evaluator.evaluate(text, { timeout });
  return printedBy(output) + shown(evaluation);
}

function printedBy(output: OutputReader): string {
  const printed = output.read();
  return printed === "" || printed.endsWith("\n") ? printed : `${printed}\n`;
}

function shown(evaluation: Evaluation): string {
  if (evaluation.status === "value") {
    const value = formatValue(evaluation.value);
    return value === null ? "" : `${value}\n`;
  }
  if (evaluation.status === "timeout") return `${evaluation.reason}\n`;
  if (evaluation.status === "interrupted") return "interrupted\n";
  const { short, stack } = formatError(evaluation.error);
  const heading = short.startsWith("Uncaught") ? short : `Uncaught ${short}`;
  return `${[heading, ...stack.map((frame) => `    ${frame}`)].join("\n")}\n`;
}

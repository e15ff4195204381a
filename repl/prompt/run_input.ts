/**
 * The prompt without a terminal: its input is a script.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { sessionScope } from "../helpers/session_scope.ts";
import { createEvaluator } from "../session/create_evaluator.ts";
import { runShell } from "../literate/run/run_shell.ts";
import { SourceError } from "../session/source_error.ts";
import { loadParser, parseTypeScript } from "../session/erase/parse.ts";
import { runScope } from "../helpers/run_scope.ts";
import { sessionError } from "./child/session_error.ts";
import { showValue } from "./child/show_value.ts";
import { examplesOf } from "./examples_of.ts";
import { readSource } from "./read_source.ts";
import { isShellInput, shellCommand } from "./shell_input.ts";
import { formatSessionError } from "./show_input.ts";
import type { PromptOptions } from "./start_prompt.ts";

/**
 * Evaluates scripts statement by statement in this process, and prints values as the prompt would;
 * stops at the first error. Returns the exit code.
 *
 * @param input Text of the script that comes last; prompts of a document are stripped.
 */
export async function runInput(input: string, options: PromptOptions): Promise<number> {
  const scope = sessionScope();
  const evaluator = createEvaluator({
    document: resolve("repl.ts"),
    name: "repl",
    scope: { ...scope, values: { ...scope.values, ...runScope(options) } },
  });
  const width = process.stdout.columns || 80;
  const color = options.color && process.stdout.isTTY === true;

  async function evaluate({ source, line }: Statement, from: Script): Promise<boolean> {
    if (isShellInput(source)) {
      const { exitCode } = await runShell(shellCommand(source), 0);
      if (exitCode !== 0 && from.isShown) process.stdout.write(`<${exitCode}>\n`);
      return true;
    }
    const evaluation = await evaluator.evaluate(source, { line });
    if (evaluation.status === "error") {
      const error = sessionError(evaluation.error);
      const text = formatSessionError({ ...error, line: undefined }, source, options.color);
      const at = error.line ?? placeIn(error.stack) ?? line;
      const shown = error.line === undefined ? [] : markedLine(from.text, at, error.column ?? 1);
      const [head, ...rest] = text.split("\n");
      const lines = [head, `    at ${from.name}:${at}`, ...shown, ...rest];
      process.stderr.write(`${lines.join("\n")}\n`);
      return false;
    }
    if (evaluation.status !== "value") return false;
    const shown = from.isShown ? showValue(evaluation.value, { width, color }) : null;
    if (shown !== null) process.stdout.write(`${shown}\n`);
    return true;
  }

  async function all(text: string, name: string, isShown = true): Promise<boolean> {
    const script = { text, name, isShown };
    for (const statement of await statementsOf(text)) {
      if (!(await evaluate(statement, script))) return false;
    }
    return true;
  }

  try {
    for (const file of options.init.filter((file) => existsSync(file))) {
      if (!(await all(readSource(file), file, false))) return 1;
    }
    for (const source of options.evaluate) if (!(await all(source, "--eval"))) return 1;
    for (const file of options.load) if (!(await all(readSource(file), file))) return 1;
    return await all(input, "<input>") ? 0 : 1;
  } finally {
    evaluator.close();
  }
}

/** Where a statement is from. */
interface Script {
  readonly text: string;
  readonly name: string;
  /** Whether its values are shown. */
  readonly isShown: boolean;
}

/** A piece of a script, with the line that it begins in. */
interface Statement {
  readonly source: string;
  readonly line: number;
}

/** The line of the script that an error's innermost frame in it is of. */
function placeIn(stack: readonly string[]): number | null {
  const [, line] = /\brepl:(\d+):\d+/.exec(stack.join("\n")) ?? [];
  return line === undefined ? null : Number(line);
}

function markedLine(text: string, line: number, column: number): string[] {
  return [`  ${text.split("\n")[line - 1] ?? ""}`, `  ${" ".repeat(Math.max(0, column - 1))}^`];
}

/** The statements of a script, or the examples of a document. */
async function statementsOf(text: string): Promise<Statement[]> {
  const examples = await examplesOf(text);
  if (examples.length > 0) return examples.map(({ source, line }) => ({ source, line }));
  try {
    const { body, directives } = parseTypeScript(await loadParser(), text).program;
    if (body.length === 0) return directives.length > 0 ? [{ source: text, line: 1 }] : [];
    // What stands between statements belongs to the one behind it.
    return body.map((statement, i) => {
      const start = i === 0 ? 0 : body[i - 1].end ?? 0;
      const source = text.slice(start, i === body.length - 1 ? text.length : statement.end ?? 0);
      return { source, line: text.slice(0, start).split("\n").length };
    });
  } catch (error) {
    // The evaluator says what is wrong, and where.
    if (error instanceof SourceError) return [{ source: text, line: 1 }];
    throw error;
  }
}

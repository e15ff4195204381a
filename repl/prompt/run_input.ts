/**
 * The prompt without a terminal: its input is a script.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sessionScope } from "../helpers/session_scope.ts";
import { createEvaluator } from "../session/create_evaluator.ts";
import { SourceError } from "../session/source_error.ts";
import { loadParser, parseTypeScript } from "../session/erase/parse.ts";
import { runScope } from "../helpers/run_scope.ts";
import { sessionError } from "./child/session_error.ts";
import { showValue } from "./child/show_value.ts";
import { examplesOf } from "./examples_of.ts";
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

  async function evaluate(source: string, show: boolean): Promise<boolean> {
    const evaluation = await evaluator.evaluate(source);
    if (evaluation.status === "error") {
      const error = sessionError(evaluation.error);
      process.stderr.write(`${formatSessionError(error, source, options.color)}\n`);
      return false;
    }
    if (evaluation.status !== "value") return false;
    const shown = show ? showValue(evaluation.value, { width, color }) : null;
    if (shown !== null) process.stdout.write(`${shown}\n`);
    return true;
  }

  async function all(text: string, show = true): Promise<boolean> {
    for (const source of await statementsOf(text)) {
      if (!(await evaluate(source, show))) return false;
    }
    return true;
  }

  try {
    for (const file of options.init.filter((file) => existsSync(file))) {
      if (!(await all(readFileSync(file, "utf8"), false))) return 1;
    }
    for (const source of options.evaluate) if (!(await all(source))) return 1;
    for (const file of options.load) {
      if (!(await all(readFileSync(join(process.cwd(), file), "utf8")))) return 1;
    }
    return await all(input) ? 0 : 1;
  } finally {
    evaluator.close();
  }
}

/** The statements of a script, or the examples of a document. */
async function statementsOf(text: string): Promise<string[]> {
  const examples = await examplesOf(text);
  if (examples.length > 0) return examples.map(({ source }) => source);
  try {
    const { body, directives } = parseTypeScript(await loadParser(), text).program;
    if (body.length === 0) return directives.length > 0 ? [text] : [];
    // What stands between statements belongs to the one behind it.
    return body.map((statement, i) => {
      const start = i === 0 ? 0 : body[i - 1].end ?? 0;
      return text.slice(start, i === body.length - 1 ? text.length : statement.end ?? 0);
    });
  } catch (error) {
    // The evaluator says what is wrong, and where.
    if (error instanceof SourceError) return [text];
    throw error;
  }
}

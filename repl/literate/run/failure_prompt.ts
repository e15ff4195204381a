/**
 * A prompt with a document's state, where its first example failed.
 *
 * @module
 */

import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { checkInput } from "../../session/check_input.ts";
import type { Evaluator } from "../../session/create_evaluator.ts";
import { formatError } from "../../session/format_error.ts";
import { formatValue } from "../../session/format_value.ts";
import type { OutputReader } from "./output_reader.ts";

/** Descriptor of the terminal that the prompt is shown on. */
export const TERMINAL_FD = 4;

/**
 * Reads inputs from the terminal and evaluates them, until its end or `.exit`. Prints on descriptor
 * 4, since 1 and 2 are the file that the document's output is read from.
 */
export async function failurePrompt(
  heading: string,
  evaluator: Evaluator,
  output: OutputReader,
): Promise<void> {
  const terminal = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      writeSync(TERMINAL_FD, chunk);
      done();
    },
  });
  print(`${heading}The document stopped here; its state is yours. End with Ctrl-D or .exit\n`);
  const reader = createInterface({ input: process.stdin, output: terminal, terminal: true });
  let source = "";
  const prompt = () => {
    reader.setPrompt(source === "" ? ">>> " : "... ");
    reader.prompt();
  };
  reader.on("SIGINT", () => {
    print("\n");
    source = "";
    prompt();
  });
  prompt();
  for await (const line of reader) {
    if (source === "" && line.trim() === ".exit") break;
    source += source === "" ? line : `\n${line}`;
    const wants = line.trim() !== "" && (await checkInput(source)).status === "incomplete";
    if (!wants) {
      if (source.trim() !== "") print(await evaluate(source, evaluator, output));
      source = "";
    }
    prompt();
  }
  reader.close();
  print("\n");
}

function print(text: string): void {
  writeSync(TERMINAL_FD, text);
}

async function evaluate(
  source: string,
  evaluator: Evaluator,
  output: OutputReader,
): Promise<string> {
  const evaluation = await evaluator.evaluate(source);
  const printed = output.read();
  const before = printed === "" || printed.endsWith("\n") ? printed : `${printed}\n`;
  if (evaluation.status === "value") {
    const shown = formatValue(evaluation.value);
    return shown === null ? before : `${before}${shown}\n`;
  }
  if (evaluation.status !== "error") return `${before}${evaluation.status}\n`;
  const { short, stack } = formatError(evaluation.error);
  const heading = short.startsWith("Uncaught") ? short : `Uncaught ${short}`;
  return `${before}${[heading, ...stack.map((frame) => `    ${frame}`)].join("\n")}\n`;
}

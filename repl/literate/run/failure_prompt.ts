/**
 * A prompt with a document's state, where its first example failed.
 *
 * @module
 */

import { closeSync, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { checkInput } from "../../session/check_input.ts";
import type { Evaluator } from "../../session/create_evaluator.ts";
import { formatError } from "../../session/format_error.ts";
import { formatValue } from "../../session/format_value.ts";
import type { OutputReader } from "./output_reader.ts";

/**
 * Reads inputs from the terminal and evaluates them, until its end or `.exit`. Prints on the
 * terminal by its path: descriptors 1 and 2 are the file that the output is read from, and Deno
 * passes no others on.
 */
export async function failurePrompt(
  heading: string,
  path: string,
  evaluator: Evaluator,
  output: OutputReader,
): Promise<void> {
  const fd = openSync(path, "w");
  const print = (text: string) => writeSync(fd, text);
  const terminal = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      writeSync(fd, chunk);
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
  closeSync(fd);
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

/**
 * The texts by which an outcome can be expected.
 *
 * @module
 */

import type { ExampleError, ExampleOutcome } from "./example_outcome.ts";

/** First line of an error in documents that were written for Python. */
export const TRACEBACK = "Traceback (most recent call last):";

/**
 * Returns the texts that an outcome may be expected as; the first is the usual one.
 *
 * Without an error that is the output; a shell example that fails has its exit code as last line,
 * `<2>`. An error is `Uncaught Error: message`, or `Error: message` below a line
 * `Traceback (most recent call last):` or alone; behind the output printed before or without it,
 * and without the stack or with it.
 *
 * @param expected The expected output: if it has Python's heading, texts with it come first.
 * @param detail Whether an error counts with its stack only. Default: false.
 */
export function outcomeTexts(outcome: ExampleOutcome, expected = "", detail = false): string[] {
  const { output, error } = outcome;
  if (error === undefined || error === null) {
    const code = outcome.exitCode ?? 0;
    return [code === 0 ? output : `${closed(output)}<${code}>\n`];
  }
  const line = errorLine(error);
  const python = `${TRACEBACK}\n${line}`;
  const heads = [...new Set([`Uncaught ${line}`, python, line])];
  if (expected.includes(TRACEBACK)) {
    heads.sort((a, b) => Number(b === python) - Number(a === python));
  }
  const stack = (error.stack ?? []).map((frame) => `    ${frame.trim()}\n`).join("");
  const befores = output === "" ? [""] : [closed(output), ""];
  const withStack = (frames: string) =>
    befores.flatMap((before) => heads.map((head) => `${before}${head}\n${frames}`));
  if (stack === "") return withStack("");
  return detail ? withStack(stack) : [...withStack(""), ...withStack(stack)];
}

function errorLine({ name, message }: ExampleError): string {
  if (name === "") return message.replace(/^Uncaught /, "");
  return message === "" ? name : `${name}: ${message}`;
}

function closed(output: string): string {
  return output === "" || output.endsWith("\n") ? output : `${output}\n`;
}

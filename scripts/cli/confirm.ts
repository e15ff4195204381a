/**
 * Asks before something is done.
 *
 * @module
 */

import { createInterface } from "node:readline";
import { InterruptedError } from "./interrupted_error.ts";

/** Whether there is somebody to ask. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * Asks a yes-or-no question on the terminal. Without one nobody is asked, and the answer is
 * `fallback`; Enter answers `fallback` too, the end of input answers no.
 *
 * @throws {InterruptedError} Ctrl-C.
 */
export async function confirm(question: string, fallback = true): Promise<boolean> {
  if (!canAsk()) return fallback;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await new Promise<string>((resolve, reject) => {
    // Without an answer the cursor stands behind the question.
    const onClose = () => {
      process.stderr.write("\n");
      resolve("n");
    };
    reader.once("close", onClose);
    // The terminal is in raw mode: Ctrl-C is a key, and no signal.
    reader.once("SIGINT", () => {
      reject(new InterruptedError("SIGINT"));
      reader.close();
    });
    reader.question(`${question} ${fallback ? "(Y/n)" : "(y/N)"} `, (text) => {
      reader.off("close", onClose);
      resolve(text);
    });
  }).finally(() => reader.close());
  return answer.trim() === "" ? fallback : /^y(es)?$/i.test(answer.trim());
}

/**
 * Asks before something is done.
 *
 * @module
 */

import { createInterface } from "node:readline";

/** Whether there is somebody to ask. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * Asks a yes-or-no question on the terminal. Without one nobody is asked, and the answer is
 * `fallback`; Enter answers `fallback` too, the end of input answers no.
 */
export async function confirm(question: string, fallback = true): Promise<boolean> {
  if (!canAsk()) return fallback;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await new Promise<string>((resolve) => {
    reader.once("close", () => resolve("n"));
    reader.question(`${question} ${fallback ? "(Y/n)" : "(y/N)"} `, resolve);
  });
  reader.close();
  return answer.trim() === "" ? fallback : /^y(es)?$/i.test(answer.trim());
}

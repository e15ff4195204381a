/**
 * Run IDs that a command is given: as arguments, or on standard input.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { UsageError } from "./usage_error.ts";

/** Options of {@link readWords}. */
export interface ReadWordsOptions {
  /** Words on standard input end with NUL instead of white space (`-0`). */
  nul?: boolean;
  /** What the words are, for the error when there are none. Default: `run`. */
  what?: string;
}

/**
 * Returns the words to work on: the arguments, in which `-` stands for those on standard input.
 * Without arguments, standard input is read too, unless it is a terminal.
 *
 * @throws {UsageError} There are none.
 */
export function readWords(args: readonly string[], options: ReadWordsOptions = {}): string[] {
  const { nul = false, what = "run" } = options;
  const fromStdin = () => {
    const text = readFileSync(0, "utf8");
    return text.split(nul ? "\0" : /\s+/).filter((word) => word !== "");
  };
  const words = args.length === 0 && !process.stdin.isTTY
    ? fromStdin()
    : args.flatMap((arg) => (arg === "-" ? fromStdin() : [arg]));
  if (words.length > 0) return words;
  throw new UsageError(`Which ${what}? Give it as an argument or on standard input`);
}

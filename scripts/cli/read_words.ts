/**
 * Run IDs that a command is given: as arguments, or on standard input.
 *
 * @module
 */

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
export async function readWords(
  args: readonly string[],
  options: ReadWordsOptions = {},
): Promise<string[]> {
  const { nul = false, what = "run" } = options;
  const all = args.length === 0 && !process.stdin.isTTY ? ["-"] : args;
  const words: string[] = [];
  for (const word of all) {
    if (word !== "-") words.push(word);
    else words.push(...(await readStdin()).split(nul ? "\0" : /\s+/).filter((each) => each !== ""));
  }
  if (words.length > 0) return words;
  throw new UsageError(`Which ${what}? Give it as an argument or on standard input`);
}

/** Not `readFileSync(0)`: a pipe that has nothing yet would be an error. */
async function readStdin(): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

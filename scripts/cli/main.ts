/**
 * Runs one command line: finds the command, loads it alone, and turns what it throws into an exit
 * code.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { suggest } from "../../lib/suggest.ts";
import { COMMANDS } from "../_commands.ts";
import { endQuietlyOnClosedPipe } from "./closed_pipe.ts";
import type { CommandEntry } from "./command.ts";
import { enableCompileCache } from "./compile_cache.ts";
import { createProgram } from "./create_program.ts";
import { reportError } from "./report_error.ts";

/**
 * Carries out `runlit` with the given arguments; sets the exit code of the process: 0, 1 for a
 * failure, 2 for a command line that is wrong, 128 and its number for a signal, or what the command set.
 */
export async function main(args: readonly string[]): Promise<void> {
  enableCompileCache();
  endQuietlyOnClosedPipe();
  const words = helpOfScript(args) ?? args;
  const entry = findCommand(words);
  try {
    const program = await createProgram(entry === undefined ? [] : [entry]);
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(words, { from: "user" });
  } catch (error) {
    process.exitCode = reportError(error, entry === undefined ? "runlit" : `runlit ${entry.name}`);
  }
}

/**
 * `runlit help say.py` tells about the script, or the operation that runs one: null for any other
 * command line. What looks like a misspelt command is left to be called that.
 */
function helpOfScript(args: readonly string[]): string[] | null {
  const [help, word] = args.filter((arg) => !arg.startsWith("-"));
  if (help !== "help" || word === undefined || word === "help" || findCommand(["help", word])) {
    return null;
  }
  const near = existsSync(word) ? null : suggest(word, COMMANDS.map((entry) => entry.name));
  if (near !== null) return [word, ...args.filter((arg) => arg !== "help" && arg !== word)];
  return args.map((arg) => arg === "help" ? "flags" : arg);
}

/** The command that is called: the first word, or the one after `help`. */
function findCommand(args: readonly string[]): CommandEntry | undefined {
  const words = args.filter((arg) => !arg.startsWith("-"));
  const name = words[0] === "help" ? words[1] : words[0];
  return COMMANDS.find((entry) => entry.name === name || entry.aliases?.includes(name));
}

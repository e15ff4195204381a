/**
 * How `runlit` tells the user that it failed.
 *
 * @module
 */

import { inspect } from "node:util";
import { InterruptedError } from "./interrupted_error.ts";
import { settings } from "./settings.ts";
import { styled, usesColor } from "./styled.ts";
import { UsageError } from "./usage_error.ts";

/** The parts of commander's error that are looked at; its class would have to be loaded for it. */
interface ParserError extends Error {
  readonly code: string;
  readonly exitCode: number;
}

/**
 * Prints an error to stderr and returns the exit code that goes with it: 0 for help that was asked
 * for, 2 for a mistake in the command line, 128 and the signal's number for an interruption, else 1.
 *
 * @param command Words that lead to the help of the command in question, such as `runlit list`.
 */
export function reportError(error: unknown, command: string): number {
  const parser = isParserError(error) ? error : null;
  // Help and version have been printed, and an "error" of exit code 0 ends the parser.
  if (parser?.exitCode === 0) return 0;
  if (parser?.code === "commander.help") return 2;
  const usage = parser !== null || error instanceof UsageError;
  const message = error instanceof Error ? error.message : String(error);
  write(parser === null ? message : houseStyle(message));
  if (error instanceof AggregateError) {
    for (const each of error.errors) write(each instanceof Error ? each.message : String(each));
  }
  if (settings.debug) {
    process.stderr.write(`${inspect(error, { colors: usesColor("stderr"), depth: 5 })}\n`);
  } else if (usage) {
    process.stderr.write(`Run '${command} --help' for its options\n`);
  }
  if (error instanceof InterruptedError) return error.exitCode;
  return usage ? 2 : 1;
}

/** Commander's messages begin with `error:` and put the suggestion on a line of its own. */
function houseStyle(message: string): string {
  return message.replace(/^error: /, "")
    .replace(/\n\(Did you mean (?:one of )?(.+)\?\)$/, "; did you mean '$1'?");
}

function write(message: string): void {
  process.stderr.write(`${styled("runlit:", "red", "stderr")} ${message}\n`);
}

function isParserError(error: unknown): error is ParserError {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}

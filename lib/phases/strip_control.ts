/**
 * Text that a command wrote, made safe to be shown.
 *
 * @module
 */

/**
 * Escape sequences: those with parameters, strings for the terminal up to their end, and short
 * ones. An unfinished string is taken up to the end of its line.
 */
const ESCAPES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;

/** Other control characters, and those that turn the direction of text around. */
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Removes control characters and escape sequences from text, but for tabs and line feeds. A
 * terminal would obey them: they can rewrite what was shown before, or type commands.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stripControl } from "runlit/strip-control";
 *
 * assert.equal(stripControl("\x1b[31mred\x1b[0m\tand \x1b]0;title\x07plain\r\n"), "red\tand plain\n");
 * ```
 */
export function stripControl(text: string): string {
  return text.replace(ESCAPES, "").replace(CONTROLS, "");
}

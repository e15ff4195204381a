/**
 * Words of a POSIX shell.
 *
 * @module
 */

export { shellQuote, shellSplit } from "../meta/guild/shell_quote.ts";

/**
 * Inputs that are shell commands, as the shell examples of documents are.
 *
 * @module
 */

/** Whether an input is a shell command: `$ ls -l`. */
export function isShellInput(source: string): boolean {
  return /^\s*\$[ \t]+\S/.test(source);
}

/** The command of a shell input. */
export function shellCommand(source: string): string {
  return source.replace(/^\s*\$[ \t]+/, "");
}

/**
 * An input as it stands in a document: with prompts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withPrompts } from "runlit/shell-input";
 *
 * assert.equal(withPrompts("[1,\n2]"), ">>> [1,\n... 2]");
 * assert.equal(withPrompts("$ echo a \\\nb"), "$ echo a \\\n> b");
 * ```
 */
export function withPrompts(source: string): string {
  if (isShellInput(source)) return `$ ${shellCommand(source).replaceAll("\n", "\n> ")}`;
  return `>>> ${source.replaceAll("\n", "\n... ")}`;
}

/**
 * What came of an input, as the terminal shows it.
 *
 * @module
 */

import type { SessionError } from "./child/messages.ts";
import { permissionHint } from "./permission_hint.ts";

/** Formats an error: what it says, where in the input, and what caused it. */
export function formatSessionError(error: SessionError, source: string, color: boolean): string {
  const red = (text: string) => color ? `\x1b[31m${text}\x1b[39m` : text;
  const dim = (text: string) => color ? `\x1b[2m${text}\x1b[22m` : text;
  const head = error.name === "" ? error.short : `Uncaught ${error.short}`;
  const lines = [red(head)];
  if (error.line !== undefined && error.column !== undefined) {
    const line = source.split("\n")[error.line - 1] ?? "";
    lines.push(`  ${line}`, red(`  ${" ".repeat(Math.max(0, error.column - 1))}^`));
  }
  const inner = error.stack.filter((frame) => !/^at (?:repl|runlit:repl):\d+:\d+$/.test(frame));
  lines.push(...inner.slice(0, 8).map((frame) => dim(`    ${frame}`)));
  lines.push(...error.causes.map((cause) => `Caused by ${cause}`));
  const hint = permissionHint(`${error.name}: ${error.message}`);
  if (hint !== null) lines.push(hint);
  return lines.join("\n");
}

/** Output cut to what fits on a few screens, with a note; the same where it does. */
export function cutOutput(text: string, rows: number): { text: string; cut: boolean } {
  const most = Math.max(100, 3 * rows);
  const lines = text.split("\n");
  if (lines.length <= most) return { text, cut: false };
  const shown = lines.slice(0, Math.max(20, rows - 2));
  return { text: shown.join("\n"), cut: true };
}

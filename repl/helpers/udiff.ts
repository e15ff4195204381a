/**
 * Prints how two texts differ.
 *
 * @module
 */

import { unifiedDiff } from "../../lib/config/unified_diff.ts";
import { printText } from "./_print_text.ts";

/** Options of {@linkcode udiff}. */
export interface UdiffOptions {
  /** Unchanged lines shown around changes. Default: 3. */
  readonly context?: number;
}

/**
 * Prints the changes from one text to another as a unified diff without file names, and nothing if
 * they are equal.
 */
export async function udiff(
  before: string,
  after: string,
  options: UdiffOptions = {},
): Promise<void> {
  const diff = await unifiedDiff("", ended(before), ended(after), options);
  printText(diff.split("\n").slice(2).join("\n"));
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

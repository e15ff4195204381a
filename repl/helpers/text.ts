/**
 * Prints and compares texts.
 *
 * @module
 */

import { unifiedDiff } from "../../lib/config/unified_diff.ts";
import { printText } from "./_print.ts";

/** Prints each item of a list, or of several values, on a line of its own. */
export function printl(...items: unknown[]): void {
  const all = items.length === 1 && Array.isArray(items[0]) ? items[0] : items;
  printText(all.map((item) => `${item}\n`).join(""));
}

/** Prints how a text differs from another, as a unified diff without file names. */
export async function udiff(before: string, after: string): Promise<void> {
  const diff = await unifiedDiff("", before, after);
  printText(diff.replace(/^--- .*\n\+\+\+ .*\n/, ""));
}

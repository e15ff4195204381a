/**
 * Prints values, one per line.
 *
 * @module
 */

import { inspect } from "node:util";
import { printText } from "./_print_text.ts";

/**
 * Prints each item of a list, or each of several values, in a line of its own: text as it is, other
 * values as they are inspected.
 */
export function printl(...items: unknown[]): void {
  const [first] = items;
  const all = items.length === 1 && isList(first) ? [...first] : items;
  printText(all.map((item) => `${typeof item === "string" ? item : inspect(item)}\n`).join(""));
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

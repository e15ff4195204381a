/**
 * Prints a log without its dates.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { printText } from "./_print_text.ts";

const DATE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)? /gm;

/**
 * Prints a log without the dates that its entries begin with, so that the output is always the
 * same. Further lines of an entry are printed as they are; `<empty>` if there is nothing.
 */
export function catLog(path: string): void {
  const text = readFileSync(path, "utf8").replace(DATE, "");
  printText(text === "" ? "<empty>\n" : text.endsWith("\n") ? text : `${text}\n`);
}

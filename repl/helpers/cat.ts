/**
 * Prints files.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { printText } from "./_print_text.ts";

/** Prints the text of files, `<empty>` for one that has none; last lines are always ended. */
export function cat(...paths: string[]): void {
  for (const path of paths) {
    const text = readFileSync(path, "utf8");
    printText(text === "" ? "<empty>\n" : text.endsWith("\n") ? text : `${text}\n`);
  }
}

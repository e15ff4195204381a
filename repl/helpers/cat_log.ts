/**
 * Prints logs.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { printText } from "./_print.ts";

/** Prints a log without the dates that its lines begin with; `<empty>` for one that has no lines. */
export function catLog(path: string): void {
  const text = readFileSync(path, "utf8");
  printText(
    text === "" ? "<empty>\n" : text.replace(/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-][\d:]+)? /gm, ""),
  );
}

/**
 * Prose in lines.
 *
 * @module
 */

import { displayWidth } from "./display_width.ts";

/** Breaks text between words, so that no line takes more columns than there are. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && displayWidth(line) + displayWidth(word) + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

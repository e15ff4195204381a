/**
 * Output that a document cannot hold.
 *
 * @module
 */

import type { Example } from "../parse/document_types.ts";

/**
 * Why lines cannot be the expected output of an example, or null when they can: something in them
 * would be read as the end of it.
 *
 * @param before The lines that are there: what is among them is no problem.
 */
export function unsafeLine(
  lines: readonly string[],
  example: Example,
  before: readonly string[],
  oneline: boolean,
): string | null {
  for (const [i, line] of lines.entries()) {
    const problem = problemOf(line, example) ??
      (i === 0 && !oneline && line !== before[0] ? firstLineProblem(line, example) : null);
    if (problem !== null) {
      return `Cannot write the output into the document: line ${
        i + 1
      } of it, '${line}', ${problem}`;
    }
  }
  return null;
}

function problemOf(line: string, example: Example): string | null {
  if (/^ *>>>(?!>)/.test(line)) return "would begin an example";
  if (example.shellPrompts && line.startsWith("$ ")) return "would begin an example";
  if (example.hidden && line.includes("-->")) return "would end the comment";
  if (example.fence === null && !example.indented && /^ *(?:`{3}[^`]*|~{3}.*)$/.test(line)) {
    return "would begin a fenced block; indent the example by 4 spaces, or put it in one";
  }
  return null;
}

function firstLineProblem(line: string, { language }: Example): string | null {
  const looksLikeSource = language === "ts" ? /^\.\.\.(?: |$)/ : /^>(?: |$)/;
  return looksLikeSource.test(line) ? "would be source; use '+oneline'" : null;
}

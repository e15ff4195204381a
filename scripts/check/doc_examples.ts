/**
 * The examples in doc comments.
 *
 * @module
 */

/** One fenced block of an `@example`. */
export interface DocExample {
  /** What follows `@example` on its line. */
  title: string;
  /** Line of the source that the code's first line is on, from 1. */
  line: number;
  code: string;
}

/** Finds the `ts` blocks that belong to the `@example` tags of a source's doc comments. */
export function docExamples(source: string): DocExample[] {
  const examples: DocExample[] = [];
  const lines = source.split("\n");
  let title: string | null = null;
  let inDoc = false;
  for (let i = 0; i < lines.length; i++) {
    if (/^\s*\/\*\*/.test(lines[i])) inDoc = true;
    if (!inDoc) continue;
    const text = lines[i].replace(/^\s*(?:\/\*)?\* ?/, "");
    const example = /^@example\s*(.*)$/.exec(text);
    if (example) title = example[1].trim();
    else if (/^@\w/.test(text)) title = null;
    const fence = /^```ts(\s|$)/.test(text);
    if (fence && title !== null) {
      const first = i + 1;
      while (i + 1 < lines.length && !/^\s*\* ?```\s*$/.test(lines[i + 1])) i++;
      const code = lines.slice(first, i + 1).map((line) => line.replace(/^\s*\* ?/, ""));
      // A doc comment cannot hold its own end; it is written with a backslash.
      examples.push({ title, line: first + 1, code: code.join("\n").replaceAll("*\\/", "*/") });
      i++;
    }
    if (lines[i]?.includes("*/")) {
      inDoc = false;
      title = null;
    }
  }
  return examples;
}

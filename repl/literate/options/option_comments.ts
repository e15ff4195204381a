/**
 * Comments in source code that hold options.
 *
 * @module
 */

import { scanShell, scanTypeScript } from "./scan_source.ts";

/** A comment that begins with an option. */
export interface OptionComment {
  /** Offset in the source where the comment begins. */
  readonly start: number;
  /** The comment's text behind its mark. */
  readonly text: string;
  /** Line of the source, counted from 0. */
  readonly line: number;
  /** Whether its mark is `#`, which TypeScript does not know. */
  readonly hash: boolean;
}

const NONE: readonly OptionComment[] = [];
const MAYBE = /(?:\/\/|#)[ \t]*[+-][A-Za-z]/;
const BEGINS = /^[ \t]*[+-][A-Za-z]/;

/**
 * Finds the comments that begin with an option, such as `// +parse` or `# -space`.
 *
 * In TypeScript, `#` counts behind white space only. What is in strings, templates and regular
 * expressions is no comment.
 */
export function optionComments(
  source: string,
  language: "ts" | "sh",
): readonly OptionComment[] {
  // Nearly all examples have none: this is all that is done for them.
  if (!MAYBE.test(source)) return NONE;
  const comments: OptionComment[] = [];
  const scan = language === "ts" ? scanTypeScript : scanShell;
  for (const { start, mark } of scan(source)) {
    const lineEnd = source.indexOf("\n", start);
    const text = source.slice(start + mark.length, lineEnd < 0 ? source.length : lineEnd);
    if (!BEGINS.test(text)) continue;
    const line = source.slice(0, start).split("\n").length - 1;
    comments.push({ start, text, line, hash: mark === "#" });
  }
  return comments;
}

/**
 * Removes the comments whose mark the language does not know; lines and columns stay as they are.
 */
export function withoutHashComments(source: string, comments: readonly OptionComment[]): string {
  let code = source;
  for (const { start, hash } of comments.toReversed()) {
    if (!hash) continue;
    const end = code.indexOf("\n", start);
    code = code.slice(0, start).trimEnd() + (end < 0 ? "" : code.slice(end));
  }
  return code;
}

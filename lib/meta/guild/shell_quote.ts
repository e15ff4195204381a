/**
 * Words of a POSIX shell.
 *
 * @internal
 * @module
 */

/**
 * Quotes a word for a POSIX shell, if it has to be quoted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { shellQuote } from "runlit/shell-quote";
 *
 * assert.equal(["a.py", "it's", ""].map(shellQuote).join(" "), `a.py 'it'"'"'s' ''`);
 * ```
 */
export function shellQuote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}

/**
 * Splits a line into the words that a POSIX shell would make of it, without expanding anything.
 *
 * @throws {SyntaxError} A quote is not closed.
 */
export function shellSplit(line: string): string[] {
  const words: string[] = [];
  const token = /(\s+)|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)/gy;
  let word: string | null = null;
  for (let at = 0; at < line.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(line);
    if (match === null) throw new SyntaxError("a quote is not closed");
    const [, space, single, double, escaped, plain] = match;
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      const text = single ?? double?.replace(/\\([\\"$`\n])/g, "$1") ?? escaped ?? plain;
      word = (word ?? "") + text;
    }
  }
  if (word !== null) words.push(word);
  return words;
}

/**
 * Splits a line into words as a POSIX shell does.
 *
 * @module
 */

/**
 * Splits at blanks. Quotes of both kinds keep blanks, a backslash keeps the next character; within
 * double quotes it does so before `"` and `\` only. Throws an error about an open quote.
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (char === " " || char === "\t" || char === "\r" || char === "\n") {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    word ??= "";
    if (char === "\\") {
      if (++i === line.length) throw new Error("a backslash ends it, with nothing to escape");
      word += line[i];
    } else if (char === "'" || char === '"') {
      const end = closingQuote(line, i);
      const quoted = line.slice(i + 1, end);
      word += char === "'" ? quoted : quoted.replace(/\\(["\\])/g, "$1");
      i = end;
    } else {
      word += char;
    }
  }
  if (word !== null) words.push(word);
  return words;
}

function closingQuote(line: string, start: number): number {
  const quote = line[start];
  for (let i = start + 1; i < line.length; i++) {
    if (line[i] === quote) return i;
    if (line[i] === "\\" && quote === '"') i++;
  }
  throw new Error(`the quote ${quote} is not closed`);
}

/**
 * Where the lines of a text are.
 *
 * @module
 */

/** Offsets of the lines of a text. */
export interface Lines {
  readonly text: string;
  readonly count: number;
  /** Where each line begins; one more than there are lines, the last at the text's end. */
  readonly starts: readonly number[];
  /** Where each line ends, its line end not included. */
  readonly ends: readonly number[];
  /** Where the first character of each line is that is no space; its end when there is none. */
  readonly texts: readonly number[];
}

/** Finds the lines of a text, whichever of LF, CRLF and CR end them. */
export function findLines(text: string): Lines {
  const starts: number[] = [];
  const ends: number[] = [];
  const texts: number[] = [];
  const next = (end: string, at: number) => {
    const found = text.indexOf(end, at);
    return found < 0 ? text.length : found;
  };
  // A byte order mark is not part of the first line.
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let feed = next("\n", at);
  let carriage = next("\r", at);
  while (at < text.length) {
    starts.push(at);
    const end = Math.min(feed, carriage);
    ends.push(end);
    let first = at;
    while (first < end && text.charCodeAt(first) === 32) first++;
    texts.push(first);
    at = end + (end === carriage && feed === end + 1 ? 2 : 1);
    // Each is looked for once only: the other kind may be far away.
    if (feed < at) feed = next("\n", at);
    if (carriage < at) carriage = next("\r", at);
  }
  starts.push(text.length);
  return { text, count: ends.length, starts, ends, texts };
}

/** A line's text. */
export function lineText(lines: Lines, index: number): string {
  return lines.text.slice(lines.starts[index], lines.ends[index]);
}

/** Whether a line holds nothing but white space. */
export function isBlank(lines: Lines, index: number): boolean {
  const at = lines.texts[index];
  if (at === lines.ends[index]) return true;
  const code = lines.text.charCodeAt(at);
  // Most lines begin with a character that is plainly no white space.
  return (code < 32 || code > 126) && lineText(lines, index).trim() === "";
}

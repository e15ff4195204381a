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
}

/** Finds the lines of a text, whichever of LF, CRLF and CR end them. */
export function findLines(text: string): Lines {
  const starts: number[] = [];
  const ends: number[] = [];
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
    at = end + (end === carriage && feed === end + 1 ? 2 : 1);
    // Each is looked for once only: the other kind may be far away.
    if (feed < at) feed = next("\n", at);
    if (carriage < at) carriage = next("\r", at);
  }
  starts.push(text.length);
  return { text, count: ends.length, starts, ends };
}

/** A line's text. */
export function lineText(lines: Lines, index: number): string {
  return lines.text.slice(lines.starts[index], lines.ends[index]);
}

/** Offset of a line's first character that is no space; its end when there is none. */
export function firstNonSpace(lines: Lines, index: number): number {
  const { text } = lines;
  const end = lines.ends[index];
  let at = lines.starts[index];
  while (at < end && text.charCodeAt(at) === 32) at++;
  return at;
}

/** Whether a line holds nothing but white space. */
export function isBlank(lines: Lines, index: number): boolean {
  const at = firstNonSpace(lines, index);
  return at === lines.ends[index] || lineText(lines, index).trim() === "";
}

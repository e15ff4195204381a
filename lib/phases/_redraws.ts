/**
 * Lines that a program draws again and again, each time after a `\r`: progress bars.
 *
 * @module
 */

const LF = 10;
const CR = 13;

/** Text of which only what a terminal would show last was kept. */
export interface Collapsed {
  readonly text: Uint8Array;
  /** What the last redrawn line shows, without its line end, or null if no line was redrawn. */
  readonly state: Uint8Array | null;
}

/**
 * Whether a chunk redraws a line: has a `\r` that is not part of a line end `\r\n`. `pending` says
 * that what came before the chunk ends with a `\r`.
 */
export function redraws(chunk: Uint8Array, pending: boolean): boolean {
  if (pending && chunk.length > 0 && chunk[0] !== LF) return true;
  for (let i = chunk.indexOf(CR); i >= 0 && i + 1 < chunk.length; i = chunk.indexOf(CR, i + 2)) {
    if (chunk[i + 1] !== LF) return true;
  }
  return false;
}

/** Whether a chunk holds control characters that are in no text: its `\r` mean nothing then. */
export function looksBinary(chunk: Uint8Array): boolean {
  for (let i = 0; i < chunk.length; i++) {
    const byte = chunk[i];
    if (byte < 32 && (byte < 8 || (byte > 13 && byte !== 27))) return true;
  }
  return false;
}

/**
 * Drops from each line what a later part of the same line draws over; the line ends, `\r\n` too,
 * and blank lines stay. A `\r` at the end of an unfinished line stays: what follows may be its `\n`.
 * The text is changed in place.
 */
export function collapseRedraws(text: Uint8Array): Collapsed {
  let state: Uint8Array | null = null;
  let read = 0;
  let write = 0;
  for (let at = text.indexOf(CR); at >= 0;) {
    const start = lineStart(text, at, read);
    const newline = text.indexOf(LF, at);
    const end = newline < 0 ? text.length : newline;
    let last = end;
    while (last > start && text[last - 1] === CR) last--;
    const drawn = text.subarray(start, last).lastIndexOf(CR) + 1;
    if (drawn > 0) {
      text.copyWithin(write, read, start);
      write += start - read;
      read = start + drawn;
    }
    if (drawn > 0 || (newline < 0 && last < end)) {
      state = new Uint8Array(text.subarray(start + drawn, last));
    }
    at = newline < 0 ? -1 : text.indexOf(CR, newline + 1);
  }
  text.copyWithin(write, read);
  return { text: text.subarray(0, write + text.length - read), state };
}

function lineStart(text: Uint8Array, from: number, least: number): number {
  let at = from;
  while (at > least && text[at - 1] !== LF) at--;
  return at;
}

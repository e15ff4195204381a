/**
 * Pieces of text for messages.
 *
 * @module
 */

/** The text from a place to the end of its line. */
export function restOfLine(text: string, at: number): string {
  const end = text.indexOf("\n", at);
  return text.slice(at, end < 0 ? text.length : end);
}

/** A text, or its beginning if it is long. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/**
 * Text as a pattern that means itself.
 *
 * @module
 */

/** Doubles the braces of a text, so that they stand for themselves in a pattern. */
export function escapeBraces(text: string): string {
  return text.replace(/[{}]/g, "$&$&");
}

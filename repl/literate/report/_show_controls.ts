/**
 * Control characters made visible.
 *
 * @module
 */

/**
 * Replaces control characters, tabs aside, so that a document's output cannot drive the terminal.
 */
export function showControls(text: string): string {
  return text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\x${code.toString(16)}`;
  });
}

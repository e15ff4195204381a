/**
 * The text of a document's bytes.
 *
 * @module
 */

/**
 * Decodes a document's bytes. A byte order mark stays in the text, so that encoding it again gives
 * the same bytes.
 *
 * @throws {TypeError} The bytes are not UTF-8; the message names the line.
 */
export function decodeDocument(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new TypeError(
      `Cannot read document: it is not UTF-8 from line ${badLine(bytes)} on; ` +
        `save it in that encoding`,
      { cause },
    );
  }
}

/** Line of the first byte that is not UTF-8. */
function badLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const next = bytes.indexOf(10, start);
    const end = next < 0 ? bytes.length : next + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
    line++;
  }
  return line;
}

/**
 * Paths in formats of one path per line.
 *
 * @module
 */

/**
 * Writes a path so that it takes one line: as it is, or as a JSON string if it has a line break
 * (Gage has no way to write such a path) or could be taken for such a string.
 */
export function quotePath(path: string): string {
  return /[\n\r]/.test(path) || path.startsWith('"') ? JSON.stringify(path) : path;
}

/** Reads what {@linkcode quotePath} wrote. Anything else is a path as it is. */
export function unquotePath(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    const path: unknown = JSON.parse(text);
    if (typeof path === "string" && quotePath(path) === text) return path;
  } catch {
    // Gage wrote a path that begins with a quote.
  }
  return text;
}

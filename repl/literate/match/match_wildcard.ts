/**
 * Matching text with wildcards.
 *
 * @module
 */

/** The first part between wildcards that was not found. */
export interface WildcardFailure {
  /** Where the part begins in the expected text, and from where on it was looked for. */
  readonly expectedAt: number;
  readonly actualAt: number;
  /** The part; empty when the text goes on behind the last. */
  readonly part: string;
  /** Whether the part had to be right there. */
  readonly anchored: boolean;
}

/**
 * Matches a whole text with one in which a token stands for any text, also none.
 *
 * The parts before the first and behind the last token are at the ends, the others as early as
 * possible, so that the time is linear. A token that is all there is matches no output, too.
 *
 * @returns Null when it matches.
 */
export function matchWildcard(
  expected: string,
  actual: string,
  token = "...",
): WildcardFailure | null {
  const parts = expected.split(token);
  if (parts.length === 1) return expected === actual ? null : difference(expected, actual, 0, 0);
  if (expected.trimEnd() === token && actual === "") return null;
  const first = parts[0];
  const last = parts[parts.length - 1];
  if (!actual.startsWith(first)) return difference(first, actual, 0, 0);
  let at = first.length;
  let expectedAt = first.length + token.length;
  for (const part of parts.slice(1, -1)) {
    const found = actual.indexOf(part, at);
    if (found < 0) return { ...lookedFor(part, expectedAt), actualAt: at };
    at = found + part.length;
    expectedAt += part.length + token.length;
  }
  if (actual.endsWith(last) && actual.length - last.length >= at) return null;
  const found = last.trim() === "" ? -1 : actual.indexOf(last, at);
  if (found < 0) return { ...lookedFor(last, expectedAt), actualAt: at };
  const behind = found + last.length;
  return { expectedAt: expectedAt + last.length, actualAt: behind, part: "", anchored: true };
}

/** Line ends that a part begins with say little about where it is. */
function lookedFor(part: string, start: number): Omit<WildcardFailure, "actualAt"> {
  const skipped = /^\n*/.exec(part)![0].length;
  return { expectedAt: start + skipped, part: part.slice(skipped), anchored: false };
}

/** Where two texts begin to differ. */
export function difference(
  expected: string,
  actual: string,
  expectedStart: number,
  actualStart: number,
): WildcardFailure {
  let i = 0;
  while (i < expected.length && expected[i] === actual[actualStart + i]) i++;
  return {
    expectedAt: expectedStart + i,
    actualAt: actualStart + i,
    part: expected.slice(i),
    anchored: true,
  };
}

/**
 * The parts of a glob, and what each can reach in a path.
 *
 * A match keeps the set of all offsets that the glob's parts so far can reach, and moves it over
 * one part at a time. A backtracking matcher tries the combinations one by one instead, of which
 * there are exponentially many.
 *
 * @module
 */

/** A literal, or one of the three wildcards: within a name, optional character, whole names. */
export type GlobToken =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "star" | "optional" | "names" };

/** Where matching begins: only the start of the path is reached. */
export const START: readonly number[] = [0];

/** Splits a glob into its literals and wildcards. */
export function parseGlob(glob: string, separator: string): GlobToken[] {
  const tokens: GlobToken[] = [];
  let text = "";
  for (let i = 0; i < glob.length; i++) {
    const char = glob[i];
    if (char !== "*" && char !== "?") {
      text += char;
      continue;
    }
    if (text !== "") tokens.push({ kind: "text", text });
    text = "";
    if (char === "?") {
      tokens.push({ kind: "optional" });
    } else if (glob[i + 1] !== "*") {
      tokens.push({ kind: "star" });
    } else {
      tokens.push({ kind: "names" });
      i += glob.startsWith(separator, i + 2) ? 1 + separator.length : 1;
    }
  }
  if (text !== "") tokens.push({ kind: "text", text });
  return tokens;
}

/**
 * Returns the offsets in `path` that one more token can reach from those already reached.
 *
 * Both lists are ascending and hold an offset once, so that a token costs at most one pass over
 * the path. That is what keeps the whole match from growing exponentially.
 */
export function step(
  token: GlobToken,
  path: string,
  reached: readonly number[],
  separator: string,
): readonly number[] {
  const next: number[] = [];
  if (token.kind === "text") {
    for (const at of reached) {
      if (path.startsWith(token.text, at)) next.push(at + token.text.length);
    }
  } else if (token.kind === "star") {
    let done = -1;
    for (const at of reached) {
      if (at <= done) continue;
      done = path.indexOf(separator, at);
      if (done < 0) done = path.length;
      for (let i = at; i <= done; i++) next.push(i);
    }
  } else if (token.kind === "optional") {
    for (const at of reached) {
      if (next[next.length - 1] !== at) pushSorted(next, at);
      if (at < path.length && !path.startsWith(separator, at)) {
        pushSorted(next, at + (path.codePointAt(at)! > 0xffff ? 2 : 1));
      }
    }
  } else {
    return stepNames(path, reached, separator);
  }
  return next;
}

/** Whole names: stays where it is, or goes behind any later separator with a name before it. */
function stepNames(path: string, reached: readonly number[], separator: string): number[] {
  const next: number[] = [reached[0]];
  let k = 1;
  let end = path.indexOf(separator, reached[0] + 1);
  while (end >= 0 || k < reached.length) {
    const behind = end < 0 ? Infinity : end + separator.length;
    if (k < reached.length && reached[k] <= behind) {
      if (reached[k] < behind) next.push(reached[k]);
      k++;
    } else {
      next.push(behind);
      end = path.indexOf(separator, end + 1);
    }
  }
  return next;
}

function pushSorted(list: number[], value: number): void {
  // An optional character behind a surrogate pair can reach an offset again, or a smaller one.
  let i = list.length;
  while (i > 0 && list[i - 1] > value) i--;
  if (list[i - 1] !== value) list.splice(i, 0, value);
}

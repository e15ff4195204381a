/**
 * What a glob says about everything below a directory, so that a walk need not look there.
 *
 * @module
 */

import { type GlobToken, START, step } from "./_glob_steps.ts";

/** Whether a glob can match any path that begins with `below`, which ends in `/`. */
export function mayMatchBelow(tokens: readonly GlobToken[], below: string): boolean {
  let reached = START;
  for (const token of tokens) {
    if (reached[reached.length - 1] === below.length || token.kind === "names") return true;
    if (token.kind === "text") {
      const { text } = token;
      if (
        reached.some((at) => text.length > below.length - at && text.startsWith(below.slice(at)))
      ) {
        return true;
      }
    }
    reached = step(token, below, reached, "/");
    if (reached.length === 0) return false;
  }
  return false;
}

/**
 * Whether a glob is known to match every path that begins with `below`, which ends in `/`.
 *
 * Known of globs that end in any number of names and a star, which is how people write "all of
 * it". False means no more than that nothing is known.
 */
export function coversBelow(tokens: readonly GlobToken[], below: string): boolean {
  if (tokens.at(-1)?.kind !== "star" || tokens.at(-2)?.kind !== "names") return false;
  let reached = START;
  for (const token of tokens.slice(0, -2)) {
    reached = step(token, below, reached, "/");
    if (reached.length === 0) return false;
  }
  return reached.some((at) => below[at] !== "/");
}

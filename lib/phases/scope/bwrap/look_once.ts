/**
 * What many paths have in common is looked at once.
 *
 * @module
 * @internal
 */

/** What was seen; null while nothing is to be remembered. */
let seen: Map<string, unknown> | null = null;

/**
 * Looks at the disk as it is now: what {@link lookOnce} has seen holds until `look` returns. It has
 * to be synchronous, so that nothing is remembered for longer.
 */
export function withLooksRemembered<T>(look: () => T): T {
  if (seen !== null) return look();
  seen = new Map();
  try {
    return look();
  } finally {
    seen = null;
  }
}

/**
 * Looks at a path, or says what was seen there before.
 *
 * @param what What is to be seen: a word for each kind of `look`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lookOnce, withLooksRemembered } from "runlit/look-once";
 *
 * let looks = 0;
 * const look = () => lookOnce("example", "/a", () => ++looks);
 * assert.deepEqual(withLooksRemembered(() => [look(), look()]), [1, 1]);
 * assert.deepEqual([look(), look()], [2, 3]);
 * ```
 */
export function lookOnce<T>(what: string, path: string, look: (path: string) => T): T {
  if (seen === null) return look(path);
  const key = `${what} ${path}`;
  if (seen.has(key)) return seen.get(key) as T;
  const found = look(path);
  seen.set(key, found);
  return found;
}

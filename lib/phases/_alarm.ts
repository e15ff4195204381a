/**
 * A timer for any time: those of the runtimes fire at once beyond 24 days.
 *
 * @module
 */

const LONGEST = 2 ** 31 - 1;

/** Calls `action` after `ms` milliseconds, unless the returned function is called before. */
export function alarm(ms: number, action: () => void): () => void {
  if (ms === Infinity) return () => {};
  let left = Math.max(0, ms);
  let timer: NodeJS.Timeout;
  const arm = () => {
    const part = Math.min(left, LONGEST);
    left -= part;
    timer = setTimeout(() => left > 0 ? arm() : action(), part);
  };
  arm();
  return () => clearTimeout(timer);
}

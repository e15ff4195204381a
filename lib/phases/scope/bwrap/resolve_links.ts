/**
 * Symbolic links on the way to a path.
 *
 * @module
 * @internal
 */

import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** A symbolic link, at a place that is itself free of links. */
export interface LinkOnTheWay {
  readonly at: string;
  readonly target: string;
}

/** A path, seen through its links. */
export interface ResolvedPath {
  /** The path without links; null if it does not exist, or its links go round in circles. */
  readonly real: string | null;
  /** The links passed, in order: what a sandbox needs for the path as it is written to work. */
  readonly links: readonly LinkOnTheWay[];
}

/**
 * Follows an absolute path link by link.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
 * import { resolveLinks } from "runlit/resolve-links";
 *
 * const dir = realpathSync(mkdtempSync("/tmp/links-"));
 * mkdirSync(`${dir}/v2`);
 * symlinkSync("v2", `${dir}/latest`);
 * assert.deepEqual(resolveLinks(`${dir}/latest`), {
 *   real: `${dir}/v2`,
 *   links: [{ at: `${dir}/latest`, target: "v2" }],
 * });
 * rmSync(dir, { recursive: true });
 * ```
 */
export function resolveLinks(path: string): ResolvedPath {
  const known = resolved?.get(path);
  if (known !== undefined) return known;
  // Most paths have no links, and to ask once is cheaper than to look at each directory.
  const result = isReal(path) ? { real: path, links: [] } : followLinks(path);
  resolved?.set(path, result);
  return result;
}

function followLinks(path: string): ResolvedPath {
  const links: LinkOnTheWay[] = [];
  const waiting = path.split("/").reverse();
  let real = "/";
  for (let followed = 0; waiting.length > 0;) {
    const name = waiting.pop()!;
    if (name === "" || name === ".") continue;
    if (name === "..") {
      real = dirname(real);
      continue;
    }
    const next = join(real, name);
    const target = readLink(next);
    if (target === undefined || followed > 40) return { real: null, links };
    if (target === null) {
      real = next;
      continue;
    }
    followed++;
    if (!links.some((link) => link.at === next)) links.push({ at: next, target });
    waiting.push(...target.split("/").reverse());
    if (target.startsWith("/")) real = "/";
  }
  return { real, links };
}

/** What is known of paths, and of what is at them; null while nothing is to be remembered. */
let resolved: Map<string, ResolvedPath> | null = null;
let found: Map<string, string | null | undefined> | null = null;

/**
 * Looks at the disk as it is now: what many paths have in common is looked at once, until `look`
 * returns. It has to be synchronous, so that nothing is remembered for longer.
 */
export function withLinksRemembered<T>(look: () => T): T {
  if (found !== null) return look();
  found = new Map();
  resolved = new Map();
  try {
    return look();
  } finally {
    found = null;
    resolved = null;
  }
}

/** Whether something is at a path, which is written without `..` and has no links on its way. */
function isReal(path: string): boolean {
  try {
    return realpathSync.native(path) === path;
  } catch {
    return false;
  }
}

/** Where a link leads; null for what is no link, undefined for what cannot be seen. */
function readLink(path: string): string | null | undefined {
  if (found?.has(path)) return found.get(path);
  const target = lookAtLink(path);
  found?.set(path, target);
  return target;
}

function lookAtLink(path: string): string | null | undefined {
  try {
    const kind = lstatSync(path, { throwIfNoEntry: false });
    return kind === undefined ? undefined : kind.isSymbolicLink() ? readlinkSync(path) : null;
  } catch {
    return undefined;
  }
}

/**
 * Symbolic links on the way to a path.
 *
 * @module
 * @internal
 */

import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { lookOnce } from "./look_once.ts";

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
  /** The directory that could not be entered, if that is why nothing was found. */
  readonly closed?: string;
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
  return lookOnce("links", path, look);
}

/** Most paths have no links, and to ask once is cheaper than to look at each directory. */
function look(path: string): ResolvedPath {
  return isReal(path) ? { real: path, links: [] } : followLinks(path);
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
    const target = lookOnce("link", next, readLink);
    if (target === false) return { real: null, links, closed: real };
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

/** Whether something is at a path, which is written without `..` and has no links on its way. */
function isReal(path: string): boolean {
  try {
    return realpathSync.native(path) === path;
  } catch {
    return false;
  }
}

/** Where a link leads; null for what is none, undefined for nothing, false where nobody may look. */
function readLink(path: string): string | null | undefined | false {
  try {
    const kind = lstatSync(path, { throwIfNoEntry: false });
    return kind === undefined ? undefined : kind.isSymbolicLink() ? readlinkSync(path) : null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? false : undefined;
  }
}

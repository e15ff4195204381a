/**
 * Joins parts of a path.
 *
 * @module
 */

import { isAbsolute, join } from "node:path";

/** Joins parts of a path; an absolute one replaces all before it. */
export function pathJoin(...parts: string[]): string {
  const from = parts.findLastIndex((part) => isAbsolute(part));
  return join(...parts.slice(Math.max(0, from)));
}

/**
 * The order of meta's files in its zip.
 *
 * @module
 */

import { compareCodePoints } from "./python_json.ts";

/** Files that a listing reads: these names, and the first values of user attributes. */
const LISTED = new Set([
  "__schema__",
  "config.json",
  "id",
  "initialized",
  "name",
  "opref",
  "proc/exit",
  "staged",
  "started",
  "stopped",
  "summary.json",
]);

/** A file that is larger than this is not read by one look at the zip's end. */
const SMALL = 8 * 1024;

/**
 * Sorts meta's files for its zip: directories first, then all else, and at the end, right before
 * the list of entries, what a listing asks for. One read of the zip's end then answers it, and
 * thousands of runs are listed without an index.
 *
 * @param sizeOf Tells the size of a file, which matters for few of them.
 */
export function sealOrder<T extends { readonly name: string }>(
  files: readonly T[],
  sizeOf: (file: T) => number,
): T[] {
  const ranked = files.map((file) => ({ file, rank: rank(file, sizeOf) }));
  ranked.sort((a, b) => a.rank - b.rank || compareCodePoints(a.file.name, b.file.name));
  return ranked.map(({ file }) => file);
}

function rank<T extends { readonly name: string }>(file: T, sizeOf: (file: T) => number): number {
  if (file.name.endsWith("/")) return 0;
  const isListed = LISTED.has(file.name) || file.name.startsWith("user/");
  return isListed && sizeOf(file) <= SMALL ? 2 : 1;
}

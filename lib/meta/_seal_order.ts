/**
 * The order of meta's files in its zip.
 *
 * @module
 */

import { compareCodePoints } from "./python_json.ts";

/** Files that a listing reads. */
const LISTED =
  /^(__schema__|id|name|opref|initialized|staged|started|stopped|proc\/exit|config\.json|summary\.json|user\/[^/]+)$/;

/** A file that is larger than this is not read by one look at the zip's end. */
const SMALL = 8 * 1024;

/** A file of meta. */
export interface MetaFileSize {
  /** Name with `/`; a directory's ends in one. */
  readonly name: string;
  readonly size: number;
}

/**
 * Sorts meta's files for its zip: directories first, then all else, and at the end, right before
 * the list of entries, what a listing asks for. One read of the zip's end then answers it, and
 * thousands of runs are listed without an index.
 */
export function sealOrder<T extends MetaFileSize>(files: readonly T[]): T[] {
  const rank = ({ name, size }: MetaFileSize) =>
    name.endsWith("/") ? 0 : LISTED.test(name) && size <= SMALL ? 2 : 1;
  return [...files].sort((a, b) => rank(a) - rank(b) || compareCodePoints(a.name, b.name));
}

/**
 * Paths for people.
 *
 * @module
 */

import { isAbsolute, relative } from "node:path";

/** A path as short as it can be written from here. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("../..") || isAbsolute(short) ? path : short;
}

/**
 * What the links of a run lead to.
 *
 * @module
 */

import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ResolvedDependency } from "./_dependency_record.ts";

/** Each is a mount of the sandbox, and those are slow to make by the hundred. */
const FEW = 64;
const MOST = 512;

/** What {@link linkedPaths} returns. */
export interface LinkedPaths {
  /** Files; and directories that hold nothing but linked files, where those are many. */
  readonly paths: readonly string[];
  /** Says when more is named than was linked. */
  readonly warnings: readonly string[];
}

/** Names what a run's linked dependencies have to find, and no more as far as that is possible. */
export function linkedPaths(
  dependencies: readonly Pick<ResolvedDependency, "source" | "files">[],
): LinkedPaths {
  const linked = dependencies.map(({ source, files }) => ({
    source,
    paths: files.filter(({ link }) => link).map((file) => join(source, file.source)),
  })).filter(({ paths }) => paths.length > 0);
  const files = [...new Set(linked.flatMap(({ paths }) => paths))];
  if (files.length <= FEW) return { paths: files, warnings: [] };
  const paths = collapse(files);
  if (paths.length <= MOST) return { paths, warnings: [] };
  const sources = [...new Set(linked.map(({ source }) => source))];
  return {
    paths: sources,
    warnings: [
      `The ${files.length} linked files are too many to be shown one by one: all of ` +
      `${sources.map((source) => `'${source}'`).join(", ")} can be read`,
    ],
  };
}

/** Puts a directory in the place of what is in it, where all that is in it is there. */
function collapse(files: readonly string[]): string[] {
  const paths = new Set(files);
  const waiting = new Set([...new Set(files.map((file) => dirname(file)))].sort().reverse());
  // The inner before the outer; whatever is collapsed may be all that its parent holds.
  for (const dir of waiting) {
    const inside = list(dir).map((name) => join(dir, name));
    if (dir === "/" || inside.length === 0 || !inside.every((path) => paths.has(path))) continue;
    for (const path of inside) paths.delete(path);
    paths.add(dir);
    // Again, behind all that are in it.
    waiting.delete(dirname(dir));
    waiting.add(dirname(dir));
  }
  return [...paths];
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

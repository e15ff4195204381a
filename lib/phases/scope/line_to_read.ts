/**
 * May a phase read a path?
 *
 * @module
 * @internal
 */

import { shortPath } from "./_short_path.ts";
import { allowLine } from "./allow_line.ts";
import { expandPathGlob, isGlob } from "./bwrap/expand_path_glob.ts";
import { isWithin } from "./bwrap/mount.ts";
import { resolveLinks } from "./bwrap/resolve_links.ts";
import { PRIVATE_DIRS, SYSTEM_PATHS } from "./bwrap/system_paths.ts";
import type { ScopePlan } from "./plan_scope.ts";

/**
 * Returns the line of a project file that would let a phase read a path of this host; null if it may
 * read it already. For what we read ourselves and hand to it: it is not to get more that way than by
 * its own means.
 *
 * @param real Absolute, and without symbolic links.
 */
export function lineToRead(plan: ScopePlan, real: string): string | null {
  return canRead(plan, real) ? null : allowLine(plan.scope, "read", shortPath(real, plan.dirs));
}

function canRead({ scope, hidden, isScoped }: ScopePlan, real: string): boolean {
  if (!isScoped) return true;
  const hiding = hidden.filter((place) => isWithin(real, place.real));
  if (hiding.some(({ kind }) => kind === "deny")) return false;
  // The innermost counts: what is allowed below a hidden directory is seen, and the other way round.
  const shown = innermost(real, [...scope.read.allow, ...scope.write.allow].flatMap(realPaths));
  const covered = innermost(real, hiding.map((place) => place.real));
  if (shown > covered) return true;
  if (covered > 0 || PRIVATE_DIRS.some((dir) => isWithin(real, dir))) return false;
  return scope.read.all || SYSTEM_PATHS.some((dir) => isWithin(real, dir));
}

/** The length of the innermost directory that a path is in; 0 if it is in none. */
function innermost(path: string, dirs: readonly string[]): number {
  return Math.max(0, ...dirs.filter((dir) => isWithin(path, dir)).map((dir) => dir.length));
}

function realPaths(path: string): string[] {
  const paths = isGlob(path) ? expandPathGlob(path).paths : [path];
  return paths.map((each) => resolveLinks(each).real).filter((real) => real !== null);
}

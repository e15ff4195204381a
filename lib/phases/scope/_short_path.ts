/**
 * Paths as a project file has them.
 *
 * @module
 */

import { isWithin } from "./bwrap/mount.ts";
import type { ScopeDirs } from "./scope.ts";

/** A path from the project or the home, as `expandScopePath` reads it. */
export function shortPath(
  path: string,
  { home, project }: Pick<ScopeDirs, "home" | "project">,
): string {
  if (project !== undefined && isWithin(path, project)) {
    return "${project}" + path.slice(project.length);
  }
  return isWithin(path, home) && home !== "/" ? `~${path.slice(home.length)}` : path;
}

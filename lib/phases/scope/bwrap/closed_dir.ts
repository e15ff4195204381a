/**
 * Directories that a sandbox cannot be led through.
 *
 * Bubblewrap fails as a whole where a single path cannot be reached. Who is not root finds nothing
 * behind a directory that he may not enter. Root does, but not inside of a sandbox: whatever it is
 * outside, there it is the owner of its own files, and for those of others a user like any other.
 *
 * @module
 * @internal
 */

import { spawnSync } from "node:child_process";
import { lstatSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { lookOnce } from "./look_once.ts";
import { isWithin, type Mount, type MountKind } from "./mount.ts";
import { resolveLinks } from "./resolve_links.ts";

/**
 * Returns the outermost directory that keeps a phase from a path, which may be the path itself; null
 * if there is none, or nothing is known to be there.
 */
export function closedDir(path: string): string | null {
  const { real, closed = null } = resolveLinks(path);
  return real === null ? closed : closedOnTheWay(real);
}

/** Paths that are left out of a sandbox. */
export interface ClosedPaths {
  /**
   * Whether a path has to be left out.
   *
   * @param where Who names it, such as ` in 'permissions.run.read'`.
   */
  has(path: string, where?: string): boolean;
  /** What to say about those that were asked for: once for each directory. */
  warnings(): string[];
}

/** Finds out which paths have to be left out, and keeps them in mind. */
export function closedPaths(): ClosedPaths {
  const found = new Map<string, string[]>();
  return {
    has(path, where = "") {
      const dir = closedDir(path);
      if (dir === null) return false;
      const said = `${where} cannot be shown: ${whyClosed(dir)}`;
      found.set(said, [...found.get(said) ?? [], path]);
      return true;
    },
    warnings: () =>
      [...found].map(([said, [path, ...others]]) =>
        `'${path}'${others.length > 0 ? ` and ${others.length} more` : ""}${said}`
      ),
  };
}

/** What keeps a phase from something; the rest shows something, and is left out if it is closed. */
const KEEPING: ReadonlySet<MountKind> = new Set(["lock", "hide", "blank", "deny"]);

/**
 * Returns a mount as it is possible. What is to be locked or hidden behind a closed directory cannot
 * be reached anyway; it stays so, whoever opens or renames the directory, if the whole of it is.
 */
export function withinReach(mount: Mount): Mount {
  const { kind, at } = mount;
  const closed = KEEPING.has(kind) ? closedOnTheWay(dirname(at)) : null;
  if (closed === null) return mount;
  return kind === "lock" ? { kind, at: closed } : { kind: "deny", at: closed, isDir: true };
}

/** Why a directory is closed, and what helps. */
export function whyClosed(dir: string): string {
  const isRoot = process.getuid?.() === 0;
  const who = isRoot
    ? `root cannot enter '${dir}' in a phase, where it is a user like any other`
    : `this user cannot enter '${dir}'`;
  return isOwn(lookAt(dir))
    ? `${who}: chmod u+x '${dir}'`
    : `${who}: chmod o+x '${dir}', or run as its owner, or move what is needed elsewhere`;
}

/** Open to everyone: most programs are there, and what they need. */
const OPEN = ["/usr", "/etc"];

/** For a path without links, to which this user has come. */
function closedOnTheWay(real: string): string | null {
  if (process.getuid?.() !== 0 || real === "/" || OPEN.some((dir) => isWithin(real, dir))) {
    return null;
  }
  return lookOnce("closed", real, () => {
    return closedOnTheWay(dirname(real)) ?? (mayEnter(real) ? null : real);
  });
}

function mayEnter(path: string): boolean {
  const stat = lookAt(path);
  if (stat === undefined || !stat.isDirectory()) return true;
  if ((stat.mode & (isOwn(stat) ? 0o100 : 0o001)) !== 0) return true;
  // Groups and access control lists may let root in: the system knows.
  const enter = ["--user", "--", "/bin/sh", "-c", 'cd "$1"', "sh", path];
  try {
    return spawnSync("/usr/bin/unshare", enter, { stdio: "ignore", env: {}, cwd: "/" }).status ===
      0;
  } catch {
    // Deno's permissions may not allow it: then the mode is all that is known.
    return false;
  }
}

function isOwn(stat: Stats | undefined): boolean {
  return stat?.uid === process.getuid?.();
}

function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

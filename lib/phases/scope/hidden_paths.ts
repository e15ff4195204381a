/**
 * What a scope hides, and why.
 *
 * @module
 * @internal
 */

import {
  closeSync,
  existsSync,
  lstatSync,
  opendirSync,
  openSync,
  readdirSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { PhaseName } from "../../types.ts";
import { makeUserCacheDir, userCacheDirs } from "../../runtime/user_cache_dir.ts";
import { deniedPrograms } from "./_denied_programs.ts";
import { secretFiles } from "./_secret_files.ts";
import { shortPath } from "./_short_path.ts";
import { accountHome } from "./account_home.ts";
import { allowLine } from "./allow_line.ts";
import { expandPathGlob, isGlob, mayLeadTo } from "./bwrap/expand_path_glob.ts";
import { isWithin } from "./bwrap/mount.ts";
import { withLooksRemembered } from "./bwrap/look_once.ts";
import { resolveLinks } from "./bwrap/resolve_links.ts";
import { PRIVATE_DIRS } from "./bwrap/system_paths.ts";
import type { Scope, ScopeDirs } from "./scope.ts";
import { ScopeError } from "./scope_error.ts";
import { secretPaths } from "./secret_paths.ts";

/** A path that a phase does not see. */
export interface HiddenPath {
  /** As it is known. */
  readonly path: string;
  /** Without symbolic links. */
  readonly real: string;
  readonly why: "project" | "runs" | "meta" | "secret" | "denied";
  /** How: an empty directory, an empty file, or something that cannot be opened. */
  readonly kind: "hide" | "blank" | "deny";
  readonly isDir: boolean;
  /** What to write in the project file to let it through; null where nothing does. */
  readonly line: string | null;
  /** Set where nothing that the scope names leads there, unless by a link that a glob matches. */
  readonly isPrecaution?: true;
}

/** Options of {@link hiddenPaths}. */
export interface HiddenPathsOptions {
  /** The run's meta, where it is not beside the run. */
  metaDir?: string;
  /** Default: that of whoever executes this. */
  accountHome?: string;
  /** The `PATH`, for programs that are denied. */
  path?: string;
}

/**
 * Lists what is on this machine that a scope hides: the project (where it does), other runs and all
 * meta, well-known places of secrets, `.env` files of the project, and what is denied by name.
 *
 * What permissions allow by name is not hidden, but for meta.
 */
export function hiddenPaths(
  scope: Scope,
  dirs: ScopeDirs,
  options: HiddenPathsOptions = {},
): HiddenPath[] {
  return withLooksRemembered(() => findHidden(scope, dirs, options));
}

function findHidden(scope: Scope, dirs: ScopeDirs, options: HiddenPathsOptions): HiddenPath[] {
  const hidden: HiddenPath[] = [];
  const named = namedPaths(scope);
  const add = (
    path: string,
    why: HiddenPath["why"],
    line: string | null,
    more: Pick<HiddenPath, "isPrecaution"> = {},
  ) => {
    // Most places do not exist, and this is by far the quickest way to see it.
    if (!existsSync(path)) return;
    if (why === "secret" && (named.includes(path) || !isReadable(path))) return;
    const { real } = resolveLinks(path);
    if (real === null) return;
    const isDir = isDirectory(real);
    const kind = why === "denied" || why === "meta" ? "deny" : isDir ? "hide" : "blank";
    hidden.push({ path, real, why, kind, isDir, line, ...more });
  };
  const allow = (path: string) => allowLine(scope, "read", shortPath(path, dirs));

  if (scope.hidesProject && dirs.project !== undefined && !named.includes(dirs.project)) {
    add(dirs.project, "project", allow(dirs.project));
  }
  if (scope.hidesRuns) {
    for (const path of runsToHide(dirs)) add(path, "runs", null);
  }
  for (const end of [".meta", ".meta.zip", ".user", ".project"]) {
    add(`${dirs.run}${end}`, "meta", null);
  }
  const { metaDir = `${dirs.run}.meta` } = options;
  if (!/^\.meta(\.zip)?$/.test(metaDir.slice(dirs.run.length))) add(metaDir, "meta", null);
  // What is remembered about bubblewrap decides how later phases are started, and the pipes that
  // wait there are their output: even who may only read could write to one.
  for (const memory of userCacheDirs()) {
    const shows = mayShow(scope, memory);
    if (!shows && !named.some(isGlob)) continue;
    makeNow(dirname(memory));
    try {
      add(memory, "meta", null, shows ? {} : { isPrecaution: true });
    } catch {
      // Deno wants all permissions for a look at what is in `/dev`; what nobody looks at is not shown.
    }
  }
  if (scope.hidesSecrets) {
    // Keys are where the account has its home, also while HOME leads elsewhere.
    const homes = [...new Set([dirs.home, options.accountHome ?? accountHome() ?? dirs.home])];
    const filters = homes.map(mayExist);
    for (const path of new Set(homes.flatMap(secretPaths))) {
      if (filters.every((accepts) => accepts(path))) add(path, "secret", allow(path));
    }
    for (const path of secretFiles(scope, dirs, named)) {
      add(path, "secret", allow(path));
    }
  }
  for (const path of scope.read.deny) {
    for (const each of isGlob(path) ? denied(path, "read", scope.phase) : [path]) {
      add(each, "denied", null);
    }
  }
  for (const path of deniedPrograms(scope, options.path)) add(path, "denied", null);
  for (const path of scope.write.deny.filter(isGlob)) denied(path, "write", scope.phase);
  return hidden;
}

/** What a scope names to be seen. */
function namedPaths({ read, write, linked }: Scope): string[] {
  return [...read.allow, ...write.allow, ...linked];
}

/** Whether a scope shows what is at a path, or might, by what it names. */
function mayShow(scope: Scope, path: string): boolean {
  const { read, write } = scope;
  if (write.all || (read.all && !PRIVATE_DIRS.some((dir) => isWithin(path, dir)))) return true;
  return namedPaths(scope).some((each) => {
    if (isGlob(each)) return mayLeadTo(each, path);
    return isWithin(each, path) || isWithin(path, resolveLinks(each).real ?? each);
  });
}

/** What is made later, when the phase has begun, could not be hidden any more. */
function makeNow(parent: string): void {
  try {
    makeUserCacheDir(parent);
  } catch {
    // Then nothing of ours is going to be there.
  }
}

/** Leaves out what a look at the directory shows not to be there: most of the home's secrets. */
function mayExist(dir: string): (path: string) => boolean {
  const names = new Set(list(dir));
  const start = dir === "/" ? "/" : `${dir}/`;
  // One that is empty may be one that does not let itself be listed.
  if (names.size === 0) return () => true;
  return (path) => !path.startsWith(start) || names.has(path.slice(start.length).split("/", 1)[0]);
}

/** The directory of runs; or, where that holds the project or the home, what is beside the run. */
function runsToHide(dirs: ScopeDirs): string[] {
  const { runs, run, home, project } = dirs;
  const isPlace = [home, ...(project === undefined ? [] : [project])].some((dir) =>
    isWithin(dir, runs)
  );
  if (!isPlace && runs !== "/") return [runs];
  const parent = dirname(run);
  return list(parent).filter((name) => /^[0-9a-f-]{32,36}(\.\w+)*$/.test(name))
    .filter((name) => name !== basename(run))
    .map((name) => join(parent, name));
}

/** What a pattern denies. One that is not read to its end would let the rest through. */
function denied(pattern: string, kind: "read" | "write", phase: PhaseName): readonly string[] {
  const { paths, cut } = expandPathGlob(pattern);
  if (!cut) return paths;
  throw new ScopeError(
    `Cannot deny '${pattern}' in phase '${phase}': too many files are below it to find all that ` +
      "match; deny a directory, or a pattern that begins further down",
    `permissions.${phase}.${kind}.deny`,
    phase,
  );
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Whether there is anything to hide: what this user cannot read, no phase of theirs can. It is tried,
 * since `access` of Deno knows nothing of groups; a pipe is not opened, it may never be answered.
 */
function isReadable(path: string): boolean {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) opendirSync(path).closeSync();
    else if (stat.isFile()) closeSync(openSync(path, "r"));
    return true;
  } catch {
    return false;
  }
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

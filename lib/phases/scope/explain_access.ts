/**
 * What does a line of output say about a path that a scope withheld?
 *
 * @module
 * @internal
 */

import { statfsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { isDirectory } from "./_is_directory.ts";
import { isThere } from "./_is_there.ts";
import { shortPath } from "./_short_path.ts";
import { allowLine } from "./allow_line.ts";
import { closedDir, whyClosed } from "./bwrap/closed_dir.ts";
import { findProgram } from "./bwrap/find_program.ts";
import { isWithin } from "./bwrap/mount.ts";
import { resolveLinks } from "./bwrap/resolve_links.ts";
import { PRIVATE_DIRS, SYSTEM_PATHS } from "./bwrap/system_paths.ts";
import type { Denial, DenialFacts } from "./denial.ts";

const MISSING =
  /No such file|ENOENT|not found|cannot find|can't open|does not exist|os error 2\b|Requires read access|ERR_ACCESS_DENIED|No module named|MODULE_NOT_FOUND|EACCES|Permission denied|EOFError|is empty/i;
const READ_ONLY = /Read-only file system|EROFS|os error 30\b|Requires write access/i;
const FULL = /No space left on device|ENOSPC|os error 28\b/;

/** Explains the paths that a line of output names, if it says that something is wrong with one. */
export function explainAccess(facts: DenialFacts, line: string): Denial[] {
  if (READ_ONLY.test(line)) {
    return [...pathsIn(line), ...lockedIn(facts, line)].flatMap((path) =>
      explainWrite(facts, path)
    );
  }
  if (FULL.test(line)) return explainFull(facts, line);
  if (!MISSING.test(line)) return [];
  const named = [...pathsIn(line), ...deniedIn(facts, line)];
  const denials = named.flatMap((path) => explainRead(facts, path));
  return denials.length > 0
    ? denials
    : [...explainRelative(facts, line), ...explainProgram(facts, line)];
}

/** Absolute paths of a line, quoted ones with their spaces. */
function pathsIn(said: string): string[] {
  // A program's own name comes first: `/bin/sh: 1: cannot create /data/x: …`.
  const line = said.replace(/^\/\S+: (?!No such|Read-only|Permission|not found|Not a|Is a)/i, "");
  const quoted = [...line.matchAll(/(['"`‘“])(\/.*?)['"`’”]/g)].map((match) => match[2]);
  const rest = line.replace(/(['"`‘“])\/.*?['"`’”]/g, " ");
  const bare = [...rest.matchAll(/(?<![\w.~-])\/[^\s'"`:;,|&<>()]+/g)].map(([path]) => path);
  return [...new Set([...quoted, ...bare].map((path) => normalize(path)))].slice(0, 8);
}

/** What a line names relative to the run directory, and is locked there. */
function lockedIn({ scope, dirs }: DenialFacts, line: string): string[] {
  if (scope.write.run && scope.write.deny.length === 0) return [];
  return namesIn(line).map((name) => join(dirs.run, name))
    .filter((path) => isThere(path) && isLocked(scope, path));
}

/** What a line names relative to the run directory, and is denied there. */
function deniedIn({ dirs, hidden }: DenialFacts, line: string): string[] {
  const denied = hidden.filter(({ why, path }) => why === "denied" && isWithin(path, dirs.run));
  if (denied.length === 0) return [];
  return namesIn(line).map((name) => join(dirs.run, name))
    .filter((path) => denied.some((place) => isWithin(path, place.path)));
}

function namesIn(line: string): string[] {
  return [...new Set([...line.matchAll(/(?<![\w./~-])[\w.][\w./-]*/g)].map(([name]) => name))];
}

function isLocked(scope: DenialFacts["scope"], path: string): boolean {
  return !scope.write.run || scope.write.deny.some((dir) => isWithin(path, dir));
}

function explainRead({ scope, dirs, hidden }: DenialFacts, path: string): Denial[] {
  const { phase } = scope;
  const isDenied = hidden.some((place) => place.why === "denied" && isWithin(path, place.path));
  const isOwn = isWithin(path, dirs.run) || scope.linked.some((file) => isWithin(path, file));
  if (isOwn && !isDenied) return [];
  const place = hidden.findLast((place) =>
    isWithin(path, place.path) || isWithin(path, place.real)
  );
  if (place !== undefined) {
    const { line } = place;
    const why = {
      project: `belongs to the project, which phase '${phase}' does not see: copy it with the ` +
        "source code, or make it a dependency",
      runs: `belongs to another run, which phase '${phase}' does not see: make it a dependency`,
      meta: "is a run's meta, which no phase sees",
      secret: `is hidden from phase '${phase}' as a place of secrets`,
      denied: `is denied to phase '${phase}'`,
    }[place.why];
    const own = place.why === "project" ? allowLine(scope, "read", shortPath(path, dirs)) : line;
    return [denial("read", path, `'${path}' ${why}`, own)];
  }
  if (!isThere(path)) return [];
  const closed = explainClosed(path);
  if (closed.length > 0 || isVisible(scope, path)) return closed;
  const line = allowLine(scope, "read", shortPath(path, dirs));
  const own = PRIVATE_DIRS.find((dir) => isWithin(path, dir));
  const why = own !== undefined
    ? `is on this host, but phase '${phase}' has its own '${own}'`
    : `is not among the paths that phase '${phase}' may read`;
  return [denial("read", path, `'${path}' ${why}`, line)];
}

function isVisible({ read, write }: DenialFacts["scope"], path: string): boolean {
  if (PRIVATE_DIRS.some((dir) => isWithin(path, dir))) return false;
  return read.all ||
    [...SYSTEM_PATHS, ...read.allow, ...write.allow].some((dir) => isWithin(path, dir));
}

function explainWrite({ scope, dirs, hidden }: DenialFacts, path: string): Denial[] {
  if (isWithin(path, dirs.run) && isLocked(scope, path)) {
    return [denial("write", path, `'${path}' may not be written in phase '${scope.phase}'`, null)];
  }
  if (scope.write.all || isWithin(path, dirs.run)) return [];
  const place = hidden.findLast((place) => isWithin(path, place.path));
  if (place?.why === "runs" || place?.why === "meta") {
    return [
      denial(
        "write",
        path,
        `'${path}' belongs to another run, where phase '${scope.phase}' may not write`,
        null,
      ),
    ];
  }
  // What does not exist yet cannot be made visible: the directory it is to be made in can.
  let dir = path;
  while (!isDirectory(dir) && dir !== "/") dir = dirname(dir);
  const target = isThere(path) ? path : dir;
  const line = allowLine(scope, "write", shortPath(target, dirs));
  return [denial("write", path, `phase '${scope.phase}' may not write '${path}'`, line)];
}

function explainFull({ scope, dirs }: DenialFacts, line: string): Denial[] {
  const paths = pathsIn(line);
  const inMemory = paths.find((path) =>
    !isWithin(path, dirs.run) && PRIVATE_DIRS.some((dir) => isWithin(path, dir))
  );
  if (inMemory === undefined) {
    // Installers and Python do not say where. On a disk that has room, it was not.
    if (paths.length > 0 || scope.write.all || !hasRoom(dirs.run)) return [];
    const message = `the private tmp of phase '${scope.phase}' may be full, which is in memory: ` +
      "set TMPDIR to a directory of the run, or write elsewhere";
    return [{ kind: "write", what: dirs.tmp, line: null, message }];
  }
  const message = `'${inMemory}' is in the private tmp of phase '${scope.phase}', which is in ` +
    "memory: set TMPDIR to a directory of the run, or write elsewhere";
  return [{ kind: "write", what: inMemory, line: null, message }];
}

/** Whether a disk is not full: some may have been freed since. */
function hasRoom(dir: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize > 256 * 2 ** 20;
  } catch {
    return false;
  }
}

/** A relative path, or a module, that the project has and the run directory has not. */
function explainRelative(facts: DenialFacts, line: string): Denial[] {
  const { scope, dirs, hidden } = facts;
  const { project, run } = dirs;
  if (project === undefined || !hidden.some(({ why }) => why === "project")) return [];
  const module = /No module named '?([\w.]+)|Cannot find (?:module|package) '([^']+)'/.exec(line);
  const name = module?.[1]?.split(".")[0] ?? module?.[2];
  const names = name !== undefined
    ? [`${name}.py`, name, `node_modules/${name}`]
    : [...line.matchAll(/['"‘`]?((?:\.\/)?[\w.-]+(?:\/[\w.-]+)*)['"’`]?/g)].map((match) =>
      match[1]
    );
  for (const each of new Set(names)) {
    if (!/[./]/.test(each) && name === undefined) continue;
    // A link of the run directory that leads to what is hidden.
    const { real } = resolveLinks(join(run, each));
    if (real !== null && !isWithin(real, resolveLinks(run).real ?? run)) {
      const denials = explainRead(facts, real);
      if (denials.length > 0) return denials;
    }
    const path = join(project, each);
    if (path === project || !isThere(path) || isThere(join(run, each))) continue;
    // To see it where it is would not help: it is looked for in the run directory.
    const why = `'${each}' is in the project, which phase '${scope.phase}' does not see: copy it ` +
      "with the source code, or make it a dependency";
    return [denial("read", path, why, null)];
  }
  return [];
}

/** A program that is on this host, but was not found by the phase, or may not be started. */
function explainProgram({ scope, dirs, hidden }: DenialFacts, line: string): Denial[] {
  const name = PROGRAM.exec(line)?.slice(1).find((part) => part !== undefined);
  const file = name === undefined ? null : findProgram(name, process.env.PATH);
  if (file === null) return [];
  const { real } = resolveLinks(file);
  if (hidden.some((place) => place.why === "denied" && place.real === real)) {
    return [denial("run", file, `program '${file}' is denied to phase '${scope.phase}'`, null)];
  }
  const closed = explainClosed(file);
  if (closed.length > 0 || /Permission denied/.test(line)) return closed;
  if (scope.run.all && isVisible(scope, file)) return [];
  const kind = scope.run.all ? "read" : "run";
  const item = kind === "run" ? name! : shortPath(file, dirs);
  const why = `program '${file}' is not visible in phase '${scope.phase}'`;
  return [denial(kind, file, why, allowLine(scope, kind, item))];
}

/** What is there for root, but not inside of a sandbox. */
function explainClosed(path: string): Denial[] {
  const closed = closedDir(path);
  if (closed === null) return [];
  return [denial("read", path, `'${path}' cannot be shown: ${whyClosed(closed)}`, null)];
}

const PROGRAM =
  /(?:^|[\s:'"])([\w.+-]+)['"]?: (?:(?:command )?not found|Permission denied)|Permission denied: ['"]([\w.+-]+)['"]/;

function denial(kind: Denial["kind"], what: string, why: string, line: string | null): Denial {
  return { kind, what, line, message: line === null ? why : `${why}; to allow it: ${line}` };
}

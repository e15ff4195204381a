/**
 * What is executed inside of a sandbox.
 *
 * @module
 * @internal
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CommandOutcome, SpawnSpec } from "../../command_wrapper.ts";
import { isDirectory } from "../_is_directory.ts";
import { allowLine } from "../allow_line.ts";
import { limitArgs, limitScript, type ProcessLimits } from "../scope_limits.ts";
import { readHead } from "./read_head.ts";
import type { BwrapOptions } from "./bwrap_options.ts";
import { closedDir, whyClosed } from "./closed_dir.ts";
import { commandPrograms, isShellName, mayLeaveProcesses } from "./command_programs.ts";
import { findProgram } from "./find_program.ts";
import { type LauncherOptions, launcherScript } from "./launcher_script.ts";
import { withLooksRemembered } from "./look_once.ts";
import { seesHost } from "./order_mounts.ts";
import { isWithin } from "./mount.ts";
import { type MountPlan, planMounts } from "./plan_mounts.ts";
import { programPrefixes } from "./program_prefixes.ts";
import { resolveLinks } from "./resolve_links.ts";
import { PRIVATE_DIRS } from "./system_paths.ts";

/** A command, and the sandbox that it needs. */
export interface InnerCommand {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: MountPlan;
  /** Whether a shell executes it. */
  readonly isShell: boolean;
  /** Whether it tells by the descriptors how it has ended. */
  readonly tellsEnding: boolean;
}

/**
 * Finds a command's program as it will be seen inside, or says why it will not.
 *
 * @param signs Numbers of the descriptors by which it may tell how it has ended, if there are any.
 */
export function innerCommand(
  spec: SpawnSpec,
  options: BwrapOptions,
  signs: LauncherOptions["signs"] | null,
): InnerCommand | { readonly outcome: CommandOutcome } {
  return withLooksRemembered(() => findCommand(spec, options, signs));
}

function findCommand(
  spec: SpawnSpec,
  options: BwrapOptions,
  signs: LauncherOptions["signs"] | null,
): InnerCommand | { readonly outcome: CommandOutcome } {
  const { scope, dirs } = options;
  const unreachable = findUnreachable(spec, options);
  if (unreachable !== null) return failed(unreachable, "spawn-failed", null);
  if (!isDirectory(spec.cwd)) {
    return failed(`its working directory '${spec.cwd}' does not exist`, "spawn-failed", null);
  }
  const programs = neededPrograms(spec, options);
  const mounts = planMounts({
    scope,
    dirs,
    hidden: options.hidden,
    programs: [...programs, ...options.visible],
    caches: options.caches,
    programDirs: scope.run.all ? [] : pathDirs(spec),
    devRoot: options.devRoot,
  });
  const sees = (path: string) => {
    const { real } = resolveLinks(path);
    return real !== null && seesHost(real, mounts.root, mounts.mounts) &&
      closedDir(path) === null;
  };
  if (!sees(spec.cwd) && spec.cwd !== dirs.tmp) {
    const line = allowLine(scope, "read", spec.cwd === dirs.project ? "${project}" : spec.cwd);
    const denied = whyDenied(spec.cwd, options);
    return failed(
      denied === null
        ? `its scope hides its working directory '${spec.cwd}'; allow it: ${line}`
        : `its working directory ${denied}`,
      "spawn-failed",
      null,
    );
  }
  const find = (accept: (path: string) => boolean) =>
    findProgram(spec.file, spec.env.PATH, { cwd: spec.cwd, accept });
  const file = find(sees);
  if (file === null) return notFound(spec, find(() => true), options);
  const { real } = resolveLinks(file);
  const head = readHead(real ?? file, 256);
  const isScript = /^#!.*\b(ba|da|z|k)?sh\b/.test(head.split("\n", 1)[0]);
  const isShell = isScript || isShellName(file) || isShellName(real ?? file);
  const text = spec.args[0] === "-c" && spec.args.length === 2 ? spec.args[1] : null;
  const lingers = isShell && (isScript || text === null || mayLeaveProcesses(text));
  const holds = (dir: string) => mounts.mounts.some(({ at }) => isWithin(at, dir));
  const path = scope.read.all
    ? spec.env.PATH
    : spec.env.PATH?.split(":").filter((dir) => sees(dir) || holds(dir)).join(":");
  // Shells drop variables whose names they could not read: a shell does so anyway.
  const tellsEnding = signs !== null && sees("/bin/sh") &&
    (isShell || Object.keys(spec.env).every(isShellVariable));
  return {
    argv: [
      ...launcher(options.limits, tellsEnding ? { signs, lingers } : null, sees),
      file,
      ...spec.args,
    ],
    env: path === undefined ? spec.env : { ...spec.env, PATH: path },
    mounts,
    isShell,
    tellsEnding,
  };
}

/** Says which directory that no phase can do without cannot be shown, and why. */
function findUnreachable({ cwd }: SpawnSpec, { scope, dirs }: BwrapOptions): string | null {
  const needed: [which: string, path: string][] = [["run", dirs.run], ["working", cwd]];
  // Who finds no home outside does without it inside, too.
  const showsHome = scope.read.all || scope.write.all;
  if (showsHome && resolveLinks(dirs.home).real !== null) needed.push(["home", dirs.home]);
  for (const [which, path] of needed) {
    const closed = closedDir(path);
    if (closed === null) continue;
    const help = which === "home" ? ", or set HOME to another one" : "";
    return `its ${which} directory '${path}' cannot be shown: ${whyClosed(closed)}${help}`;
  }
  return null;
}

function isShellVariable(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

function launcher(
  limits: ProcessLimits,
  shell: Omit<LauncherOptions, "before"> | null,
  sees: (path: string) => boolean,
): string[] {
  const prlimit = ["/usr/bin/prlimit", "/bin/prlimit"].find(sees) ?? null;
  if (shell === null) return limitArgs(limits, prlimit);
  // A shell rounds sizes up, but one program less is started without them.
  const isExact = prlimit !== null &&
    (limits.data ?? limits.fileSize ?? limits.processes) !== undefined;
  const before = isExact ? "" : limitScript(limits);
  const start = isExact ? limitArgs(limits, prlimit) : [];
  return [...start, "/bin/sh", "-c", launcherScript({ ...shell, before }), "sh"];
}

/** What has to be visible beside the system for the command's programs to start. */
function neededPrograms(spec: SpawnSpec, { scope, dirs, caches }: BwrapOptions): string[] {
  const never = scope.hidesProject && dirs.project !== undefined ? [dirs.project] : [];
  const find = (name: string) => findProgram(name, spec.env.PATH, { cwd: spec.cwd });
  const needed: string[] = [];
  // Where the whole disk is visible, only what is in a private directory needs to be mounted.
  const isFar = (path: string) =>
    !scope.read.all || PRIVATE_DIRS.some((dir) => isWithin(path, dir));
  if ([spec.file, ...pathDirs(spec)].some(isFar)) {
    const files = commandPrograms(spec).map(find).filter((file) => file !== null && isFar(file));
    const path = pathDirs(spec);
    const facts = { home: dirs.home, never, untrusted: [dirs.run, ...caches], path };
    needed.push(...files.flatMap((file) => programPrefixes(file!, facts)));
  }
  if (!scope.run.all) {
    const denied = scope.run.deny.map(find);
    const files = [spec.file, ...scope.run.allow].map(find).filter((file) => file !== null);
    needed.push(...[...files, ...HELPERS].filter((file) => !denied.includes(file)));
  }
  return needed;
}

/** What starts a command: see `launcherScript` and `limitArgs`. */
const HELPERS = ["/bin/sh", "/usr/bin/prlimit", "/usr/bin/sleep"];

function pathDirs({ env }: SpawnSpec): string[] {
  return (env.PATH ?? "").split(":").filter((dir) => dir.startsWith("/"));
}

function notFound(
  spec: SpawnSpec,
  outside: string | null,
  options: BwrapOptions,
): { outcome: CommandOutcome } {
  const { scope, dirs } = options;
  if (outside === null) {
    const places = spec.file.includes("/")
      ? inRun(spec, dirs)
      : ` on the PATH '${spec.env.PATH ?? ""}'`;
    return failed(`'${spec.file}' was not found${places}`, "not-found", 127);
  }
  const denied = whyDenied(outside, options);
  if (denied !== null) return failed(`'${spec.file}' was not found: ${denied}`, "not-found", 127);
  const closed = closedDir(outside);
  if (closed !== null) {
    const why = `'${spec.file}' is '${outside}', which cannot be shown: ${whyClosed(closed)}`;
    return failed(why, "not-found", 127);
  }
  const isProject = dirs.project !== undefined && outside.startsWith(`${dirs.project}/`);
  const line = allowLine(scope, "read", outside);
  return failed(
    `'${spec.file}' is '${outside}', which ${
      isProject ? "belongs to the project: the phase does not see it" : "its scope hides"
    }; allow it: ${line}`,
    "not-found",
    127,
  );
}

/** What helps with `.venv/bin/python`, which the project has and the run does not. */
function inRun({ file, cwd }: SpawnSpec, { project }: BwrapOptions["dirs"]): string {
  const isThere = project !== undefined && project !== cwd && !file.startsWith("/") &&
    existsSync(join(project, file));
  return isThere
    ? " in the run directory; the project has it: make it in phase 'runtime', or copy it with the source code"
    : "";
}

/** Says that a path is denied, if it is: to allow it would not help. */
function whyDenied(path: string, { hidden, scope }: BwrapOptions): string | null {
  const real = resolveLinks(path).real ?? path;
  const place = hidden.find((place) => place.why === "denied" && isWithin(real, place.real));
  return place === undefined ? null : `'${place.path}' is denied to phase '${scope.phase}'`;
}

function failed(
  why: string,
  reason: CommandOutcome["reason"],
  exitCode: number | null,
): { outcome: CommandOutcome } {
  const message = `could not be started: ${why}`;
  return { outcome: { ok: false, exitCode, signal: null, reason, message } };
}

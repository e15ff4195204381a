/**
 * What has to be mounted for a phase to see what its scope lets it see.
 *
 * @module
 * @internal
 */

import { dirname } from "node:path";
import type { Scope, ScopeDirs } from "../scope.ts";
import { closedPaths, withinReach } from "./closed_dir.ts";
import { expandPathGlob, isGlob } from "./expand_path_glob.ts";
import { gpuDevices } from "./gpu_devices.ts";
import { hostSockets } from "./host_sockets.ts";
import { isWithin, type Mount, type MountKind, type RootKind } from "./mount.ts";
import { orderMounts } from "./order_mounts.ts";
import { resolveLinks } from "./resolve_links.ts";
import {
  NET_PATHS,
  PRIVATE_DIRS,
  PROGRAM_DIRS,
  RUN_PATHS,
  SHARED_MEMORY,
  SYSTEM_PATHS,
} from "./system_paths.ts";
import type { HiddenPath } from "../hidden_paths.ts";

/** What {@link planMounts} has to know. */
export interface MountRequest {
  readonly scope: Scope;
  readonly dirs: ScopeDirs;
  /** What is hidden, and why: see `hiddenPaths`. */
  readonly hidden: readonly HiddenPath[];
  /** Paths to be visible whatever the scope says: interpreters, certificates. */
  readonly programs: readonly string[];
  /** Cache directories that are writable. */
  readonly caches: readonly string[];
  /** Directories of programs: hidden where only some programs are visible. */
  readonly programDirs: readonly string[];
  /** Directory of device nodes. Default: `/dev`. */
  readonly devRoot?: string;
}

/** What {@link planMounts} returns. */
export interface MountPlan {
  readonly root: RootKind;
  /** In order. */
  readonly mounts: readonly Mount[];
  /** What could not be done as asked. */
  readonly warnings: readonly string[];
}

/** Plans the mounts of a phase from what is on the disk at this moment. */
export function planMounts(request: MountRequest): MountPlan {
  const { scope, dirs, hidden } = request;
  const root: RootKind = scope.write.all ? "rw" : scope.read.all ? "ro" : "empty";
  const mounts: Mount[] = [];
  const warnings: string[] = [];
  // What is denied is within others when a link or a pattern leads there, or a cache is below it.
  const key = `permissions.${scope.phase}`;
  const denied = hidden.filter((place) => place.kind === "deny").map((place) => place.real);
  const locks = expand(scope.write.deny, `${key}.write.deny`, warnings);
  const locked = locks.map((path) => resolveLinks(path).real).filter((path) => path !== null);
  const show = (path: string, kind: "ro" | "rw" | "lock"): boolean => {
    const { real } = resolveLinks(path);
    if (real !== null && denied.some((place) => isWithin(real, place))) return true;
    const isLocked = real !== null && locked.some((place) => isWithin(real, place));
    return showAlways(path, kind === "rw" && isLocked ? "ro" : kind);
  };
  const showAlways = (path: string, kind: "ro" | "rw" | "lock"): boolean => {
    const { real, links } = resolveLinks(path);
    for (const { at, target } of links) mounts.push({ kind: "link", at, target });
    // The system's directories are there by other means, and never the host's.
    if (real !== null && !isOwn(real)) mounts.push({ kind, at: real });
    return real !== null;
  };

  // What earlier phases could write, they could replace by links: those are not followed out.
  const writable = [dirs.run, ...request.caches];
  const isLedAway = (path: string): boolean => {
    const place = writable.find((other) => other !== path && isWithin(path, other));
    const { real } = resolveLinks(path);
    const home = place === undefined ? null : resolveLinks(place).real;
    return real !== null && home !== null && !isWithin(real, home);
  };

  const closed = closedPaths();
  for (const dir of privateDirs(root)) mounts.push({ kind: "private", at: dir });
  const system = root === "empty" ? SYSTEM_PATHS : RUN_PATHS;
  for (const path of [...system, ...(scope.net.all ? NET_PATHS : [])]) show(path, "ro");
  if (!scope.run.all) hidePrograms(request, mounts);
  // Nobody has named these: that one of them is not there for us either is nobody's news.
  const offer = (path: string, kind: "ro" | "rw", how = show) => {
    if (resolveLinks(path).real === null || !closed.has(path)) how(path, kind);
  };
  for (const path of request.programs) offer(path, "ro", showAlways);
  if (root !== "empty") {
    offer(dirs.home, "ro");
    if (dirs.project !== undefined && !scope.hidesProject) offer(dirs.project, "ro");
  }

  // What is behind a closed directory can still be locked: with it.
  const isKept = (path: string, kind: MountKind) =>
    kind === "lock" && resolveLinks(path).real !== null;
  const listed = (paths: readonly string[], key: string, kind: "ro" | "rw" | "lock") => {
    for (const path of paths) {
      const isMeta = isWithin(path, dirs.runs) && /\.meta(\.zip)?(\/|$)/.test(path);
      const { real } = resolveLinks(path);
      const holdsRuns = hidden.some((place) => place.why === "runs" && place.real === real);
      if (isMeta) warnings.push(`'${path}' in '${key}' is not let through: it is a run's meta`);
      else if (holdsRuns) {
        warnings.push(
          `'${path}' in '${key}' is not let through: name one run of it, or make it a dependency`,
        );
      } else if (isLedAway(path)) {
        warnings.push(`'${path}' in '${key}' is not let through: a link there leads elsewhere`);
      } else if (!isKept(path, kind) && closed.has(path, ` in '${key}'`)) continue;
      else if (!show(path, kind)) warnings.push(`'${path}' in '${key}' does not exist`);
    }
  };
  listed(expand(scope.read.allow, `${key}.read`, warnings), `${key}.read`, "ro");
  listed(scope.linked, "depends", "ro");
  listed(expand(scope.write.allow, `${key}.write`, warnings), `${key}.write`, "rw");
  listed(locks, `${key}.write.deny`, "lock");
  for (const path of request.caches) {
    if (!isLedAway(path)) offer(path, "rw");
  }
  showAlways(dirs.run, scope.write.run ? "rw" : "ro");

  for (const { real, kind, isDir } of hidden) mounts.push({ kind, at: real, isDir });
  if (scope.net.unix && scope.hidesSecrets && root !== "empty") maskSockets(request, mounts);
  if (scope.gpu) addDevices(request.devRoot ?? "/dev", root, mounts, show);
  return {
    root,
    mounts: orderMounts(root, mounts.map(withinReach)),
    warnings: [...warnings, ...closed.warnings()],
  };
}

/** Whether bubblewrap itself mounts a path: the host's is never shown there. */
function isOwn(path: string): boolean {
  if (isWithin(path, SHARED_MEMORY)) return path === SHARED_MEMORY;
  return isWithin(path, "/proc") || isWithin(path, "/dev");
}

function privateDirs(root: RootKind): Set<string> {
  if (root === "rw") return new Set([SHARED_MEMORY]);
  if (root === "empty") return new Set(["/tmp", "/var/tmp", SHARED_MEMORY]);
  return new Set(PRIVATE_DIRS.map((path) => resolveLinks(path).real ?? "/tmp"));
}

function hidePrograms({ programDirs }: MountRequest, mounts: Mount[]): void {
  for (const dir of [...PROGRAM_DIRS, ...programDirs]) {
    const { real } = resolveLinks(dir);
    if (real !== null) mounts.push({ kind: "hide", at: real });
  }
}

function expand(paths: readonly string[], key: string, warnings: string[]): string[] {
  return paths.flatMap((path) => {
    if (!isGlob(path)) return [path];
    const { paths, cut } = expandPathGlob(path);
    if (cut) {
      warnings.push(`'${path}' in '${key}' matches among too many files: some may be missing`);
    }
    return paths;
  });
}

/** Sockets that others listen on, but for those that are allowed, or whose directories are. */
function maskSockets({ scope, dirs }: MountRequest, mounts: Mount[]): void {
  const allowed = [...scope.read.allow, ...scope.write.allow];
  for (const path of hostSockets()) {
    if (allowed.includes(path) || allowed.includes(dirname(path))) continue;
    const { real } = resolveLinks(path);
    if (real !== null && !isWithin(real, dirs.run)) mounts.push({ kind: "deny", at: real });
  }
}

function addDevices(
  devRoot: string,
  root: RootKind,
  mounts: Mount[],
  show: (path: string, kind: "ro") => boolean,
): void {
  const names = gpuDevices({ root: devRoot });
  for (const name of names) {
    mounts.push({ kind: "device", at: `/dev/${name}`, target: `${devRoot}/${name}` });
  }
  // Drivers find the topology of a machine there.
  if (names.length > 0 && root === "empty") show("/sys", "ro");
}

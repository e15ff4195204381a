/**
 * Limits for all processes of a phase together, by control groups.
 *
 * @module
 * @internal
 */

import { closeSync, mkdirSync, openSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";

/** What a control group is to limit. */
export interface CgroupLimits {
  /** Bytes. */
  readonly memory?: number;
  readonly processes?: number;
}

/** A control group that a command can be started in. */
export interface Cgroup {
  /** Arguments that start a command in it; the command's own follow. */
  readonly start: readonly string[];
  /** How many processes it has killed because they took too much memory. */
  oomKills(): number;
  /** Removes it. Its processes have to be gone. */
  remove(): void;
}

const ROOT = "/sys/fs/cgroup";
/** The processes of the sandbox itself, which count as well. */
const OVERHEAD = 4;

/**
 * Makes a control group, or returns null where this process may not: version 2 needs a parent that
 * is delegated to us and passes the controllers on, as that of a service or a terminal of systemd
 * is; version 1 needs root.
 */
export function makeCgroup(limits: CgroupLimits): Cgroup | null {
  try {
    const groups = readFileSync("/proc/self/cgroup", "utf8").trim().split("\n")
      .map((line) => line.split(":"));
    return attempt(() => makeUnified(groups, limits)) ?? attempt(() => makeLegacy(groups, limits));
  } catch {
    return null;
  }
}

function attempt(make: () => Cgroup | null): Cgroup | null {
  try {
    return make();
  } catch {
    return null;
  }
}

/** Whether {@link makeCgroup} would make one: it is tried, once for each kind of limits. */
export function canMakeCgroup(limits: CgroupLimits): boolean {
  const key = Object.keys(limits).sort().join();
  let possible = tried.get(key);
  if (possible === undefined) {
    const group = makeCgroup(limits);
    group?.remove();
    possible = group !== null;
    tried.set(key, possible);
  }
  return possible;
}

const tried = new Map<string, boolean>();

function makeUnified(groups: readonly string[][], limits: CgroupLimits): Cgroup | null {
  const own = groups.find(([id]) => id === "0")?.[2];
  if (own === undefined) return null;
  // Beside our own group: one that holds processes cannot have limited groups below it.
  const parent = join(ROOT, own === "/" ? own : dirname(own));
  const needed = [
    ...(limits.memory === undefined ? [] : ["memory"]),
    ...(limits.processes === undefined ? [] : ["pids"]),
  ];
  const passed = read(join(parent, "cgroup.subtree_control")).split(/\s+/);
  if (!needed.every((name) => passed.includes(name))) return null;
  // Who moves a process has to be able to write to what its old group and the new one have in common.
  closeSync(openSync(join(parent, "cgroup.procs"), "r+"));
  const dir = join(parent, `runlit-${randomUUID()}`);
  return finish([dir], () => {
    if (limits.memory !== undefined) {
      writeFileSync(join(dir, "memory.max"), String(limits.memory));
      tryWrite(join(dir, "memory.swap.max"), "0");
      tryWrite(join(dir, "memory.oom.group"), "1");
    }
    if (limits.processes !== undefined) {
      writeFileSync(join(dir, "pids.max"), String(limits.processes + OVERHEAD));
    }
  }, () => count(join(dir, "memory.events")));
}

function makeLegacy(groups: readonly string[][], limits: CgroupLimits): Cgroup | null {
  const dirs: Record<string, string> = {};
  for (const [name, wanted] of [["memory", limits.memory], ["pids", limits.processes]] as const) {
    if (wanted === undefined) continue;
    const own = groups.find((group) => group[1].split(",").includes(name))?.[2];
    if (own === undefined) return null;
    dirs[name] = join(ROOT, name, own, `runlit-${randomUUID()}`);
  }
  const { memory, pids } = dirs;
  return finish(Object.values(dirs), () => {
    if (memory !== undefined) {
      writeFileSync(join(memory, "memory.limit_in_bytes"), String(limits.memory));
      tryWrite(join(memory, "memory.memsw.limit_in_bytes"), String(limits.memory));
    }
    if (pids !== undefined) {
      writeFileSync(join(pids, "pids.max"), String(limits.processes! + OVERHEAD));
    }
  }, () => memory === undefined ? 0 : count(join(memory, "memory.oom_control")));
}

function finish(dirs: readonly string[], limit: () => void, oomKills: () => number): Cgroup {
  const remove = () => {
    for (const dir of dirs) {
      try {
        rmdirSync(dir);
      } catch {
        // An empty group costs nothing, and the next boot removes it.
      }
    }
  };
  try {
    for (const dir of dirs) mkdirSync(dir, { recursive: true });
    limit();
  } catch (error) {
    remove();
    throw error;
  }
  const join = dirs.map((_, index) => `echo $$ > "$${index + 1}/cgroup.procs" || exit 1`);
  const script = [...join, `shift ${dirs.length}`, 'exec "$@"'].join("\n");
  return { start: ["/bin/sh", "-c", script, "sh", ...dirs], oomKills, remove };
}

function count(file: string): number {
  return Number(/^oom_kill (\d+)$/m.exec(read(file))?.[1] ?? 0);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function tryWrite(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch {
    // Not every kernel has it, and the limit holds without.
  }
}

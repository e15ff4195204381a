/**
 * What this process may do on Deno, for a process that is to be allowed no more.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { ENGINE_PERMISSIONS } from "../../session/runtime_command.ts";

interface PermissionState {
  readonly state: string;
  /** Whether something is denied of what is granted. */
  readonly partial?: boolean;
}

interface Descriptor {
  readonly name: string;
  readonly [detail: string]: string;
}

const NAMES = ["read", "write", "net", "env", "run", "sys", "ffi", "import"];
/** What Deno calls the thing that a permission is for. */
const DETAILS: Readonly<Record<string, string>> = {
  read: "path",
  write: "path",
  ffi: "path",
  net: "host",
  import: "host",
  env: "variable",
  run: "command",
  sys: "kind",
};

/** Flags of permissions that a session cannot be without, and that are not granted on Deno. */
export function missingPermissions(): string[] {
  if (!("Deno" in globalThis)) return [];
  const isMissing = (what: Descriptor) => !isGranted(query(what));
  const flags = ENGINE_PERMISSIONS.filter((name) => isMissing({ name }));
  if (isMissing({ name: "run", command: process.execPath })) flags.push("run");
  return flags.map((name) => `--allow-${name}`);
}

/**
 * Finds out what this process may do, as flags have it: `read`, `net=example.com`, `deny-run=rm`;
 * null for everything.
 *
 * Deno tells about a permission as a whole, or for one thing, but does not list things: what was
 * granted in part is taken from our command line, each of it confirmed by Deno. Where that cannot
 * be read, what is granted in part is left out.
 *
 * @param paths What a session reads and writes; each of it is asked for.
 */
export function grantedPermissions(paths: readonly string[]): string[] | null {
  const states = new Map(NAMES.map((name) => [name, query({ name })]));
  const isWhole = (name: string) => isGranted(states.get(name)!) && !states.get(name)!.partial;
  if (NAMES.every(isWhole)) return null;
  let line: readonly string[] | undefined;
  return NAMES.flatMap((name) => {
    if (isWhole(name)) return name;
    line ??= commandLine() ?? [];
    const denied = valuesOf(line, `--deny-${name}`);
    if (isGranted(states.get(name)!)) {
      // All but something: what that is must be known.
      if (denied.length === 0) return [];
      return [name, `deny-${name}=${denied.join(",")}`];
    }
    const wanted = name === "read" || name === "write" ? paths : [];
    const allowed = [...new Set([...wanted, ...valuesOf(line, `--allow-${name}`)])]
      .filter((value) => isGranted(query({ name, [DETAILS[name]]: value })));
    if (allowed.length === 0) return [];
    const without = denied.length === 0 ? [] : [`deny-${name}=${denied.join(",")}`];
    return [`${name}=${allowed.join(",")}`, ...without];
  });
}

function query(what: Descriptor): PermissionState {
  const { Deno } = globalThis as unknown as {
    Deno: { permissions: { querySync(what: Descriptor): PermissionState } };
  };
  try {
    return Deno.permissions.querySync(what);
  } catch {
    return { state: "denied" };
  }
}

function isGranted({ state }: PermissionState): boolean {
  return state === "granted";
}

/** Deno's own arguments; null where nobody may read them, or they leave something to a file. */
function commandLine(): readonly string[] | null {
  try {
    // Deno itself keeps us from reading that.
    const script = "cat /proc/$PPID/cmdline 2>/dev/null || ps -o args= -p $PPID | tr ' ' '\\0'";
    const { stdout } = spawnSync("/bin/sh", ["-c", script], { encoding: "utf8" });
    const words = (stdout ?? "").split("\0").slice(1);
    const end = words.findIndex((word, i) => i > 0 && !word.startsWith("-"));
    const flags = end < 0 ? words : words.slice(0, end);
    return flags.some((flag) => /^(?:-P|--permission-set)/.test(flag)) ? null : flags;
  } catch {
    return null;
  }
}

const SHORT: Readonly<Record<string, string>> = {
  "--allow-read": "-R",
  "--allow-write": "-W",
  "--allow-net": "-N",
  "--allow-env": "-E",
  "--allow-sys": "-S",
  "--allow-import": "-I",
};

function valuesOf(line: readonly string[], flag: string): string[] {
  return line.flatMap((word) => {
    const [name, value] = /^(-[^=]*)=([^]*)$/.exec(word)?.slice(1) ?? [];
    return name === flag || (name !== undefined && name === SHORT[flag]) ? value.split(",") : [];
  });
}

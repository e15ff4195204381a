/**
 * Limits of a scope, and who enforces each.
 *
 * @module
 * @internal
 */

import type { Limits } from "./permissions.ts";

/** Limits that the kernel applies to each process by itself. */
export interface ProcessLimits {
  /** Bytes of private memory. */
  readonly data?: number;
  /** Processes of the user in the sandbox. */
  readonly processes?: number;
  /** Bytes of a file. */
  readonly fileSize?: number;
  /** Whether a crash may leave a core file, or tell a program of the host about it. */
  readonly core: boolean;
}

/**
 * Returns the arguments that start a command under such limits; the command's own follow.
 *
 * `prlimit` where there is one, since it leaves the environment alone; a shell otherwise.
 *
 * @param prlimit Path of `prlimit`, or null.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { limitArgs } from "runlit/scope-limits";
 *
 * assert.deepEqual(limitArgs({ core: false, fileSize: 1024 }, "/usr/bin/prlimit"), [
 *   "/usr/bin/prlimit",
 *   "--core=0:0",
 *   "--fsize=1024:1024",
 *   "--",
 * ]);
 * assert.deepEqual(limitArgs({ core: true }, null), []);
 * ```
 */
export function limitArgs(limits: ProcessLimits, prlimit: string | null): string[] {
  const { data, processes, fileSize, core } = limits;
  if (core && data === undefined && processes === undefined && fileSize === undefined) return [];
  if (prlimit === null) return ["/bin/sh", "-c", `${limitScript(limits)}\nexec "$@"`, "sh"];
  const both = (name: string, value: number | undefined) =>
    value === undefined ? [] : [`--${name}=${value}:${value}`];
  return [
    prlimit,
    ...both("core", core ? undefined : 0),
    ...both("data", data),
    ...both("nproc", processes),
    ...both("fsize", fileSize),
    "--",
  ];
}

/** The same for a shell: sizes are in units of 512 bytes for files, of 1024 for memory. */
export function limitScript({ data, processes, fileSize, core }: ProcessLimits): string {
  const lines = [];
  if (!core) lines.push("ulimit -c 0");
  if (data !== undefined) lines.push(`ulimit -d ${Math.ceil(data / 1024)}`);
  if (fileSize !== undefined) lines.push(`ulimit -f ${Math.ceil(fileSize / 512)}`);
  if (processes !== undefined) {
    // Bash says -u for what dash and busybox say -p.
    lines.push(`ulimit -u ${processes} 2>/dev/null || ulimit -p ${processes}`);
  }
  return lines.join("\n");
}

/** What a limit of a project file is called, by its field. */
export const LIMIT_KEYS: Readonly<Record<keyof Limits, string>> = {
  time: "time",
  grace: "grace",
  memory: "memory",
  processes: "processes",
  fileSize: "file-size",
  output: "output",
  disk: "disk",
  files: "files",
};

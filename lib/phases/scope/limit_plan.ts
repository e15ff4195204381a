/**
 * Which limit is enforced by what.
 *
 * @module
 * @internal
 */

import type { CgroupLimits } from "./cgroup.ts";
import type { Limits } from "./permissions.ts";
import type { ProcessLimits } from "./scope_limits.ts";
import type { Enforced, Unenforced } from "./scope_record.ts";

/** What {@link planLimits} has to know. */
export interface LimitFacts {
  /** Whether the phase runs in a sandbox, with processes and a private tmp of its own. */
  readonly isSandboxed: boolean;
  /** Whether this process is root's, whose processes are not counted by the kernel. */
  readonly isRoot: boolean;
  /** Whether control groups can be made for these limits. */
  readonly hasCgroup: (limits: CgroupLimits) => boolean;
  /** Windows has none of them. */
  readonly isPosix: boolean;
}

/** Limits, sorted by who enforces them. */
export interface LimitPlan {
  /** Milliseconds, for `runCommand`. */
  readonly timeLimit?: number;
  readonly grace?: number;
  /** Bytes, for `runCommand`. */
  readonly outputLimit?: number;
  readonly process: ProcessLimits;
  readonly cgroup: CgroupLimits | null;
  readonly disk: { readonly disk?: number; readonly files?: number } | null;
  /** Bytes that each private directory may hold. */
  readonly privateSize?: number;
  readonly enforced: readonly Enforced[];
  readonly unenforced: readonly Unenforced[];
}

/** Processes in a sandbox beside the command's: the first one, and the shell that starts it. */
const OF_SANDBOX = 2;

/** Plans how limits are enforced, with what this machine has. */
export function planLimits(limits: Limits, facts: LimitFacts): LimitPlan {
  const enforced: Enforced[] = [];
  const unenforced: Unenforced[] = [];
  const by = (permission: string, by: string, but?: string) =>
    enforced.push({
      permission: `limits.${permission}`,
      by,
      ...(but === undefined ? {} : { but }),
    });
  const not = (permission: string, reason: string) =>
    unenforced.push({ permission: `limits.${permission}`, reason });
  const { memory, processes, fileSize } = numbers(limits);
  const { time, grace, output, disk, files } = numbers(limits);

  const wanted = { ...(memory && { memory }), ...(processes && { processes }) };
  const cgroup = Object.keys(wanted).length > 0 && facts.hasCgroup(wanted) ? wanted : null;
  const process: { -readonly [key in keyof ProcessLimits]: ProcessLimits[key] } = { core: false };
  if (memory !== undefined) {
    if (cgroup !== null) by("memory", "control group");
    else if (!facts.isPosix) not("memory", "there is nothing for it on this system");
    else {
      process.data = memory;
      by("memory", "process limit", "each process may take that much, not all together");
    }
  }
  if (processes !== undefined) {
    if (cgroup !== null) by("processes", "control group");
    else if (facts.isRoot) {
      not(
        "processes",
        "the kernel does not count root's; run as another user, or where control " +
          "groups can be made",
      );
    } else if (!facts.isSandboxed) {
      not("processes", "without a sandbox all processes of the user would count");
    } else {
      process.processes = processes + OF_SANDBOX;
      by("processes", "process limit");
    }
  }
  if (fileSize !== undefined) {
    if (!facts.isPosix) not("file-size", "there is nothing for it on this system");
    else {
      process.fileSize = fileSize;
      by("file-size", "process limit");
    }
  }
  if (time !== undefined) by("time", "runlit");
  if (output !== undefined) by("output", "runlit");
  const interval = "the run directory is measured once a second, and nothing else";
  if (disk !== undefined) by("disk", "runlit", interval);
  if (files !== undefined) by("files", "runlit", interval);
  const watched = { ...(disk && { disk }), ...(files && { files }) };
  const privateSize = disk ?? memory;
  return {
    ...(time && { timeLimit: time }),
    ...(grace && { grace }),
    ...(output && { outputLimit: output }),
    process,
    cgroup,
    disk: Object.keys(watched).length > 0 ? watched : null,
    ...(privateSize && { privateSize }),
    enforced,
    unenforced,
  };
}

/** Limits that hold: those that were lifted again are left out. */
function numbers(limits: Limits): { readonly [key in keyof Limits]?: number } {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null));
}

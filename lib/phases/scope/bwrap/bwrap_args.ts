/**
 * The arguments that bubblewrap gets for a phase.
 *
 * @module
 * @internal
 */

import type { Scope } from "../scope.ts";
import { mountArgs } from "./mount_args.ts";
import type { MountPlan } from "./plan_mounts.ts";
import type { Bwrap } from "./probe_bwrap.ts";

/** What {@link bwrapArgs} has to know. */
export interface BwrapRequest {
  readonly bwrap: Bwrap;
  readonly scope: Scope;
  readonly mounts: MountPlan;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Whether this process is root's. */
  readonly isRoot: boolean;
  /** Bytes that each private directory may hold. Default: half of the memory. */
  readonly privateSize?: number;
  /** Numbers, in the sandbox's process, of the descriptors that bubblewrap reads and writes. */
  readonly fds: {
    readonly status: number;
    readonly seccomp?: number;
    /** Holds an `/etc/passwd` to be used instead of the host's. */
    readonly passwd?: number;
  };
}

/** Where the home is private, too. */
export const PRIVATE_HOME = "/tmp/home";

/** The number that root has inside: to be root there means nothing, and irritates programs. */
const INNER_ID = "1000";

/**
 * Returns the arguments for a phase, without the command. The order matters: see `orderMounts`.
 *
 * All capabilities are dropped, since bubblewrap leaves them to root; all namespaces are the
 * sandbox's own, but for the network where it is granted; nobody outlives the sandbox.
 */
export function bwrapArgs(request: BwrapRequest): string[] {
  const { bwrap, scope, mounts, env, cwd, isRoot, privateSize, fds } = request;
  const args = ["--unshare-user"];
  if (isRoot) args.push("--uid", INNER_ID, "--gid", INNER_ID);
  if (bwrap.disablesUserns) args.push("--disable-userns");
  args.push("--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try");
  // Programs that work together find each other by the host's name: it is hidden in `strict` only.
  if (scope.profile === "strict") args.push("--hostname", "run");
  if (!scope.net.all) args.push("--unshare-net");
  args.push("--die-with-parent", "--new-session");
  // Deno tells its children about descriptors; nothing else is in the environment.
  args.push(...(bwrap.clearsEnv ? ["--clearenv"] : ["--unsetenv", "DENO_EXTRA_STDIO_FDS"]));
  for (const [name, value] of Object.entries(env)) args.push("--setenv", name, value);
  args.push(...mountArgs(mounts.root, mounts.mounts, { bwrap, privateSize }));
  if (mounts.root === "empty") args.push("--dir", PRIVATE_HOME);
  if (fds.passwd !== undefined) args.push("--ro-bind-data", String(fds.passwd), "/etc/passwd");
  args.push("--chdir", cwd, "--cap-drop", "ALL", "--json-status-fd", String(fds.status));
  if (fds.seccomp !== undefined) args.push("--seccomp", String(fds.seccomp));
  return args;
}

/** An `/etc/passwd` in which the caller's own name has the number that it has inside. */
export function innerPasswd(passwd: string, uid: number): string {
  const lines = passwd.split("\n").filter((line) => line.split(":")[2] !== INNER_ID);
  return lines.map((line) => {
    const fields = line.split(":");
    if (fields[2] !== String(uid)) return line;
    return [...fields.slice(0, 2), INNER_ID, INNER_ID, ...fields.slice(4)].join(":");
  }).join("\n");
}

/**
 * How bubblewrap is started.
 *
 * @module
 * @internal
 */

import type { Mount } from "./mount.ts";

/**
 * Inside of a sandbox, root still owns the device nodes that it takes from the host: `chmod` of its
 * `/dev/null` would change everyone's. So root makes them read-only first, for the sandbox alone;
 * that keeps nobody from writing to the devices. It takes three programs, a third of what a sandbox
 * costs, and is for those that get nodes of the host: see `ownDevices`.
 */
const LOCK_DEVICES = [
  "/usr/bin/unshare",
  "--mount",
  "--",
  "/bin/sh",
  "-c",
  'PATH=/usr/bin:/bin mount -o remount,bind,ro /dev && exec "$@"',
  "sh",
];

/**
 * Returns the arguments that start bubblewrap; its own follow.
 *
 * @param file Its path.
 * @param locks Whether the host's device nodes are to be made safe: they are, but for root's own.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bwrapStart } from "runlit/bwrap-start";
 *
 * assert.deepEqual(bwrapStart("/usr/bin/bwrap", false), ["/usr/bin/bwrap"]);
 * ```
 */
export function bwrapStart(file: string, locks: boolean): readonly string[] {
  return locks && process.getuid?.() === 0 ? [...LOCK_DEVICES, file] : [file];
}

/** Whether a sandbox has device nodes of the host: without own ones, or beside them. */
export function sharesDevices(devices: string | null, mounts: readonly Mount[]): boolean {
  return devices === null || mounts.some(({ kind }) => kind === "device");
}

/**
 * Mounts as bubblewrap's arguments.
 *
 * @module
 * @internal
 */

import { isWithin, type Mount, type RootKind } from "./mount.ts";
import { DEVICES } from "./own_devices.ts";
import type { Bwrap } from "./probe_bwrap.ts";

/** Options of {@link mountArgs}. */
export interface MountArgsOptions {
  /** What bubblewrap can do. */
  bwrap: Bwrap;
  /** Bytes that each private directory may hold. Default: half of the memory. */
  privateSize?: number;
}

/**
 * Returns the arguments that mount what {@link orderMounts} has put in order.
 *
 * `/proc` is read-only, and `/sys` always: root owns them on the host, and by writing to either it
 * could have programs executed outside.
 *
 * @param root What the root directory is.
 * @param mounts Mounts in order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mountArgs } from "runlit/mount-args";
 *
 * const bwrap = { file: "bwrap", version: "0.8.0", disablesUserns: true, sizesTmpfs: true, setsPerms: true, clearsEnv: true, locksDevices: true, devices: null };
 * const args = mountArgs("ro", [{ kind: "hide", at: "/p" }], { bwrap });
 * assert.deepEqual(args.slice(-6), ["--tmpfs", "/p", "--remount-ro", "/p", "--remount-ro", "/proc"]);
 * ```
 */
export function mountArgs(
  root: RootKind,
  mounts: readonly Mount[],
  options: MountArgsOptions,
): string[] {
  const { bwrap, privateSize } = options;
  const args: string[] = [];
  /** Made read-only at last: until then mount points are made in them. */
  const sealed: string[] = [];
  const sized = (perms: string | null, at: string): string[] => [
    ...(privateSize === undefined || !bwrap.sizesTmpfs ? [] : ["--size", String(privateSize)]),
    ...(perms === null || !bwrap.setsPerms ? [] : ["--perms", perms]),
    "--tmpfs",
    at,
  ];
  if (root !== "empty") args.push(root === "ro" ? "--ro-bind" : "--bind", "/", "/");
  if (root === "rw") args.push("--ro-bind", "/sys", "/sys");
  args.push("--proc", "/proc", "--dev", "/dev");
  if (bwrap.devices !== null) {
    for (const name of Object.keys(DEVICES)) {
      args.push("--dev-bind", `${bwrap.devices}/${name}`, `/dev/${name}`);
    }
  }
  const nothing = `${bwrap.devices ?? "/dev"}/null`;
  for (const [index, mount] of mounts.entries()) {
    const { kind, at, target } = mount;
    switch (kind) {
      case "private":
        args.push(...sized("1777", at));
        break;
      case "link":
        args.push("--symlink", target!, at);
        break;
      case "ro":
      case "lock":
        args.push("--ro-bind", at, at);
        break;
      case "rw":
      case "pin":
        args.push("--bind", at, at);
        break;
      case "device":
        args.push("--dev-bind", target ?? at, at);
        break;
      case "hide":
        args.push("--tmpfs", at);
        sealed.push(at);
        break;
      case "blank":
        // Reads as empty. A device node that may not be opened would stop programs that only
        // look whether they find their settings.
        args.push("--dev-bind", nothing, at);
        break;
      case "deny": {
        const isWay = mounts.slice(index + 1).some((other) => isWithin(other.at, at));
        if (!mount.isDir) args.push("--ro-bind", nothing, at);
        else {
          const perms = isWay || !bwrap.setsPerms ? [] : ["--perms", "0000"];
          args.push(...perms, "--tmpfs", at);
          sealed.push(at);
        }
        break;
      }
    }
  }
  const last = root === "empty" ? ["/proc", "/"] : ["/proc"];
  return [...args, ...[...sealed, ...last].flatMap((path) => ["--remount-ro", path])];
}

/**
 * The order in which mounts keep their promises.
 *
 * @module
 * @internal
 */

import { dirname } from "node:path";
import { isWithin, type Mount, type MountKind, type RootKind } from "./mount.ts";

/** At one path the strongest comes last, and is what is seen. */
const RANK: Readonly<Record<MountKind, number>> = {
  private: 0,
  link: 1,
  ro: 2,
  rw: 3,
  pin: 4,
  device: 5,
  lock: 6,
  hide: 7,
  blank: 7,
  deny: 8,
};

/** What is seen at a path: the host's file, writable or not, or something else. */
type View = "ro" | "rw" | "other";

const VIEWS: Readonly<Record<MountKind, View>> = {
  private: "other",
  link: "other",
  ro: "ro",
  rw: "rw",
  pin: "rw",
  device: "other",
  lock: "ro",
  hide: "other",
  blank: "other",
  deny: "other",
};

/**
 * Sorts mounts, the outer before the inner and the weaker before the stronger, leaves out what
 * changes nothing, and pins what has to stay where it is.
 *
 * A read-only mount inside of a writable directory does not hold its parents: whoever renames them
 * and makes new ones has replaced it, on the host as well. So each directory between the two is
 * mounted onto itself: a mount point cannot be renamed.
 *
 * @example A locked directory, with its parent pinned
 * ```ts
 * import assert from "node:assert/strict";
 * import { orderMounts } from "runlit/order-mounts";
 *
 * const mounts = orderMounts("empty", [
 *   { kind: "lock", at: "/run/deep/src" },
 *   { kind: "rw", at: "/run" },
 * ]);
 * assert.deepEqual(mounts.map(({ kind, at }) => `${kind} ${at}`), [
 *   "rw /run",
 *   "pin /run/deep",
 *   "lock /run/deep/src",
 * ]);
 * ```
 */
export function orderMounts(root: RootKind, mounts: readonly Mount[]): Mount[] {
  const placed: Mount[] = [];
  for (const mount of mounts.toSorted(compare)) {
    if (isNeeded(mount, viewOf(mount.at, root, placed), placed)) placed.push(mount);
  }
  const pins = placed.filter(({ kind }) => RANK[kind] >= RANK.lock || kind === "ro")
    .flatMap((mount) => pinsOf(mount, root, placed));
  return [...placed, ...new Map(pins.map((pin) => [pin.at, pin])).values()].sort(compare);
}

/** Whether what the host has at a path, which is free of links, is seen there. */
export function seesHost(path: string, root: RootKind, ordered: readonly Mount[]): boolean {
  return viewOf(path, root, ordered) !== "other";
}

function compare(a: Mount, b: Mount): number {
  return a.at.length - b.at.length || RANK[a.kind] - RANK[b.kind] || (a.at < b.at ? -1 : 1);
}

/** The innermost mount that a path is in, itself included; null for the root. */
function holderOf(path: string, placed: readonly Mount[]): Mount | null {
  return placed.findLast((mount) => isWithin(path, mount.at)) ?? null;
}

function viewOf(path: string, root: RootKind, placed: readonly Mount[]): View {
  const holder = holderOf(path, placed);
  return holder === null ? (root === "empty" ? "other" : root) : VIEWS[holder.kind];
}

function isNeeded(mount: Mount, view: View, placed: readonly Mount[]): boolean {
  switch (mount.kind) {
    case "private":
    case "device":
      return true;
    case "link":
      return view === "other" && !placed.some((other) => other.at === mount.at);
    case "ro":
      return view === "other";
    case "rw":
      return view !== "rw";
    case "lock":
      return view === "rw";
    default:
      return view !== "other";
  }
}

function pinsOf(mount: Mount, root: RootKind, placed: readonly Mount[]): Mount[] {
  const parent = dirname(mount.at);
  const around = placed.filter((other) => other !== mount && other.at !== mount.at);
  if (viewOf(parent, root, around) !== "rw") return [];
  const top = holderOf(parent, around)?.at ?? "/";
  const pins: Mount[] = [];
  for (let dir = parent; dir !== top && dir !== "/"; dir = dirname(dir)) {
    pins.push({ kind: "pin", at: dir });
  }
  return pins;
}

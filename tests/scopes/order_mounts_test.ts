import assert from "node:assert/strict";
import { test } from "node:test";
import { mountArgs } from "../../lib/phases/scope/bwrap/mount_args.ts";
import type { Mount, RootKind } from "../../lib/phases/scope/bwrap/mount.ts";
import { orderMounts } from "../../lib/phases/scope/bwrap/order_mounts.ts";

function order(root: RootKind, ...mounts: string[]): string[] {
  const parsed = mounts.map((text): Mount => {
    const [kind, at, target] = text.split(" ");
    return { kind: kind as Mount["kind"], at, ...(target === undefined ? {} : { target }) };
  });
  return orderMounts(root, parsed).map(({ kind, at }) => `${kind} ${at}`);
}

test("orderMounts() puts the outer before the inner and the weaker before the stronger", () => {
  assert.deepEqual(order("empty", "rw /a/run", "ro /a", "hide /a/run/x", "lock /a/run/y"), [
    "ro /a",
    "rw /a/run",
    "lock /a/run/y",
    "hide /a/run/x",
  ]);
  assert.deepEqual(order("empty", "ro /a", "rw /a"), ["ro /a", "rw /a"]);
});

test("orderMounts() leaves out what changes nothing", () => {
  assert.deepEqual(order("ro", "ro /data", "lock /data/x", "hide /p", "hide /p/q"), ["hide /p"]);
  assert.deepEqual(order("empty", "hide /home/.ssh", "blank /etc/shadow"), []);
});

test("orderMounts() shows again what is inside of something hidden", () => {
  assert.deepEqual(order("ro", "hide /p", "rw /p/runs/1", "ro /p/.venv"), [
    "hide /p",
    "ro /p/.venv",
    "rw /p/runs/1",
  ]);
});

test("orderMounts() pins every directory between a writable one and what is locked in it", () => {
  assert.deepEqual(order("empty", "rw /run", "lock /run/a/b/c", "hide /run/a/d/e"), [
    "rw /run",
    "pin /run/a",
    "pin /run/a/b",
    "pin /run/a/d",
    "lock /run/a/b/c",
    "hide /run/a/d/e",
  ]);
});

test("orderMounts() pins in a writable root, and not below what is hidden", () => {
  assert.deepEqual(order("rw", "hide /home/ada/.ssh"), [
    "pin /home",
    "pin /home/ada",
    "hide /home/ada/.ssh",
  ]);
  assert.deepEqual(order("rw", "hide /p", "rw /p/runs/1"), ["hide /p", "rw /p/runs/1"]);
});

test("orderMounts() makes links only where the host's are not seen", () => {
  assert.deepEqual(order("empty", "link /bin usr/bin", "ro /usr"), ["link /bin", "ro /usr"]);
  assert.deepEqual(order("ro", "link /bin usr/bin"), []);
});

test("mountArgs() seals what is hidden after everything is in place", () => {
  const bwrap = {
    file: "bwrap",
    version: "0.8.0",
    disablesUserns: true,
    sizesTmpfs: true,
    setsPerms: true,
    clearsEnv: true,
    locksDevices: true,
    devices: null,
  };
  const mounts: Mount[] = [
    { kind: "private", at: "/dev/shm" },
    { kind: "hide", at: "/p" },
    { kind: "deny", at: "/d", isDir: true },
    { kind: "rw", at: "/p/run" },
  ];
  const args = mountArgs("ro", mounts, { bwrap, privateSize: 1000 }).join(" ");
  assert.ok(args.indexOf("--bind /p/run") < args.indexOf("--remount-ro /p"), args);
  assert.match(args, /--size 1000 --perms 1777 --tmpfs \/dev\/shm/);
  assert.match(args, /--perms 0000 --tmpfs \/d /);
  assert.match(args, /--remount-ro \/proc$/);
  // Older ones do without what they do not know.
  const old = { ...bwrap, sizesTmpfs: false, setsPerms: false };
  assert.doesNotMatch(
    mountArgs("ro", mounts, { bwrap: old, privateSize: 1 }).join(" "),
    /size|perms/,
  );
});

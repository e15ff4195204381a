/** Device nodes: root's phases use them, and change neither the host's nor those of other phases. */

import assert from "node:assert/strict";
import { chmodSync, chownSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { DEVICES, ownDevices } from "../../lib/phases/scope/bwrap/own_devices.ts";
import { type Bwrap, probeBwrap } from "../../lib/phases/scope/bwrap/probe_bwrap.ts";
import { userCacheDir } from "../../lib/runtime/user_cache_dir.ts";
import { attempt } from "./_attempt.ts";
import { inTemp } from "../runtime/_in_temp.ts";
import { skip } from "./_skip.ts";
import { makeWorld } from "./_world.ts";

const skipUser = skip || (process.getuid?.() === 0 ? false : "only root owns device nodes");

/** What is known of a node, whoever uses it. */
function facts(path: string): string {
  const { mode, uid, gid, rdev, mtimeMs } = statSync(path);
  return [mode, uid, gid, rdev, mtimeMs].join();
}

test("ownDevices() makes nodes that belong to nobody, once", { skip: skipUser }, async () => {
  await inTemp(tmpdir(), () => {
    const dir = ownDevices();
    if (dir === null) return assert.fail("no nodes could be made");
    assert.equal(statSync(dir).mode & 0o7777, 0o700);
    const before = Object.keys(DEVICES).map((name) => statSync(join(dir, name)));
    for (const [index, name] of Object.keys(DEVICES).entries()) {
      assert.equal(before[index].rdev, statSync(`/dev/${name}`).rdev);
      assert.equal(before[index].mode & 0o7777, 0o666);
      assert.notEqual(before[index].uid, 0);
    }
    assert.equal(ownDevices(), dir);
    const inodes = Object.keys(DEVICES).map((name) => statSync(join(dir, name)).ino);
    assert.deepEqual(inodes, before.map(({ ino }) => ino));
  });
});

const changes: readonly [string, (dir: string) => void][] = [
  ["a node cannot be written", (dir) => chmodSync(join(dir, "null"), 0o444)],
  ["a node is root's", (dir) => chownSync(join(dir, "zero"), 0, 0)],
  ["a node is missing", (dir) => rmSync(join(dir, "tty"))],
  ["a node is a file", (dir) => {
    rmSync(join(dir, "urandom"));
    writeFileSync(join(dir, "urandom"), "");
  }],
  ["the directory is open to others", (dir) => chmodSync(dir, 0o755)],
];

for (const [what, change] of changes) {
  test(`ownDevices() makes them anew where ${what}`, { skip: skipUser }, async () => {
    await inTemp(tmpdir(), () => {
      const dir = ownDevices()!;
      const before = statSync(dir).ino;
      change(dir);
      assert.equal(ownDevices(), dir);
      assert.notEqual(statSync(dir).ino, before);
      assert.equal(statSync(join(dir, "null")).mode & 0o777, 0o666);
    });
  });
}

/** Whatever an owner could do, at all places where a phase finds a node. */
const ABUSE = `
for node in /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty $HOME/.npmrc /etc/shadow; do
  chmod 0 $node && echo "mode $node"
  chown 1000:1000 $node && echo "owner $node"
  touch -d 2001-01-01 $node && echo "time $node"
  rm -f $node && echo "removed $node"
done 2>/dev/null
head -c 3 /dev/zero | wc -c
head -c 3 /dev/urandom > /dev/null && echo fine
[ -s $HOME/.npmrc ] || echo hidden
`;

// A directory that is not root's alone is not used: then the host's are locked instead.
for (const what of ["their own", "locked"]) {
  test(`no phase of root's changes device nodes, be they ${what}`, { skip: skipUser }, async () => {
    const world = makeWorld();
    const path = process.env.PATH;
    try {
      await inTemp(tmpdir(), async () => {
        if (what === "locked") mkdirSync(userCacheDir(), { mode: 0o755 });
        // Each PATH is tried anew.
        process.env.PATH = `${path}:/forget/${what}`;
        const { devices, locksDevices } = await probeBwrap() as Bwrap;
        assert.equal(devices === null, what === "locked");
        assert.ok(devices !== null || locksDevices);
        const dirs = devices === null ? ["/dev"] : ["/dev", devices];
        const nodes = dirs.flatMap((dir) => Object.keys(DEVICES).map((name) => join(dir, name)));
        const before = nodes.map(facts);
        const { output } = await attempt({ world, command: ABUSE });
        assert.equal(output, "3\nfine\nhidden\n");
        assert.deepEqual(nodes.map(facts), before);
      });
    } finally {
      process.env.PATH = path;
      world.remove();
    }
  });
}

test("nodes that were removed meanwhile are made again", { skip: skipUser }, async () => {
  const world = makeWorld();
  const path = process.env.PATH;
  try {
    await inTemp(tmpdir(), async () => {
      // Each PATH is tried anew.
      process.env.PATH = `${path}:/forget/removed`;
      for (const round of [1, 2]) {
        const { output } = await attempt({ world, command: "stat -c %u /dev/null; echo fine" });
        assert.equal(output, "65534\nfine\n", `round ${round}`);
        rmSync(userCacheDir(), { recursive: true, force: true });
      }
    });
  } finally {
    process.env.PATH = path;
    world.remove();
  }
});

/** What an earlier phase leaves in the run directory, or in a cache, leads a later one nowhere. */

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { attempt } from "./_attempt.ts";
import { skip } from "./_skip.ts";
import { inWorld } from "./_world.ts";

test("a link does not make writable what it leads to", { skip }, async () => {
  await inWorld(async (world) => {
    symlinkSync(world.home, join(world.run, "out"));
    const { output } = await attempt({
      world,
      permissions: { run: { write: ["${default}", "${run}/out"] } },
      command: "touch out/forged",
    });
    assert.match(output, /Read-only file system/);
    assert.ok(!readdirSync(world.home).includes("forged"));
  });
});

test("a link does not make readable what it leads to", { skip }, async () => {
  await inWorld(async (world) => {
    symlinkSync(world.project, join(world.run, "data"));
    symlinkSync(world.other, join(world.run, "other"));
    const { output } = await attempt({
      world,
      permissions: { run: { read: ["${default}", "${run}/data", "${run}/oth*"] } },
      command: `cat data/train.py other/result ${world.run}/data/train.py`,
    });
    assert.doesNotMatch(output, /print|another/);
  });
});

test("a link in a cache does not make writable what it leads to", { skip }, async () => {
  await inWorld(async (world) => {
    const cache = join(world.home, ".cache/huggingface");
    rmSync(cache, { recursive: true });
    symlinkSync(world.home, cache);
    const { output } = await attempt({
      world,
      inherited: { HF_HOME: cache },
      command: "touch $HF_HOME/forged; touch ~/.cache/fine && echo fine",
    });
    assert.match(output, /Read-only file system[^]*fine\n$/);
    assert.ok(!readdirSync(world.home).includes("forged"));
  });
});

test("a variable cannot make the home or the project a cache", { skip }, async () => {
  await inWorld(async (world) => {
    const inherited = { HF_HOME: world.home, TORCH_HOME: world.base, UV_CACHE_DIR: "/" };
    const command = `touch ~/forged ${world.base}/forged ${world.project}/forged`;
    await attempt({ world, phase: "runtime", inherited, command });
    for (const dir of [world.home, world.base, world.project]) {
      assert.ok(!readdirSync(dir).includes("forged"), dir);
    }
  });
});

test("a virtual environment in the run directory cannot show what it likes", { skip }, async () => {
  await inWorld(async (world) => {
    // A directory of the user's that looks like an installation of Python.
    const mine = join(world.home, "work");
    mkdirSync(join(mine, "bin"), { recursive: true });
    mkdirSync(join(mine, "lib"));
    writeFileSync(join(mine, "lib/notes"), "private notes");
    writeFileSync(join(mine, "bin/python3"), "#!/bin/sh\necho ran\n");
    chmodSync(join(mine, "bin/python3"), 0o755);
    const venv = join(world.run, ".venv");
    mkdirSync(join(venv, "bin"), { recursive: true });
    writeFileSync(join(venv, "pyvenv.cfg"), `home = ${mine}/bin\n`);
    symlinkSync(join(mine, "bin/python3"), join(venv, "bin/python"));
    const request = {
      world,
      permissions: "strict",
      command: `.venv/bin/python; cat ${mine}/lib/notes`,
    };
    assert.doesNotMatch((await attempt(request)).output, /private|ran/);
    // Where the user's own PATH has it, it is one.
    const inherited = { PATH: `${mine}/bin:/usr/bin:/bin` };
    assert.match((await attempt({ ...request, inherited })).output, /^ran\n/);
  });
});

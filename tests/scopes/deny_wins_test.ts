/** What is denied stays so where links, patterns or caches lead there by another way. */

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { attempt } from "./_attempt.ts";
import { skip } from "./_skip.ts";
import { inWorld, type World } from "./_world.ts";

/** Makes a directory that is going to be denied, with one in it, and a link that leads there. */
function makeRaw({ data }: World): { raw: string; link: string } {
  const raw = join(data, "sets/raw");
  mkdirSync(join(raw, "inner"), { recursive: true });
  writeFileSync(join(raw, "inner/secret.csv"), "a secret");
  const link = join(data, "link");
  symlinkSync(join(raw, "inner"), link);
  return { raw, link };
}

for (const profile of ["default", "strict"]) {
  for (const way of ["a link", "a pattern"]) {
    test(`what is denied is not read by ${way} (${profile})`, { skip }, async () => {
      await inWorld(async (world) => {
        const { raw, link } = makeRaw(world);
        const allowed = way === "a link" ? link : `${world.data}/sets/*/inner`;
        const read = { allow: ["${default}", allowed], deny: [raw] };
        const { output } = await attempt({
          world,
          permissions: { run: { profile, read } },
          command: `cat ${raw}/inner/secret.csv ${link}/secret.csv`,
        });
        assert.doesNotMatch(output, /a secret/);
      });
    });

    test(`what is denied is not written by ${way} (${profile})`, { skip }, async () => {
      await inWorld(async (world) => {
        const { raw, link } = makeRaw(world);
        const allowed = way === "a link" ? link : `${world.data}/sets/*/inner`;
        const write = { allow: ["${default}", allowed], deny: [raw] };
        const { output } = await attempt({
          world,
          permissions: { run: { profile, write } },
          command: `touch ${raw}/inner/forged; cat ${raw}/inner/secret.csv`,
        });
        assert.deepEqual(readdirSync(join(raw, "inner")), ["secret.csv"]);
        assert.match(output, /Read-only file system[^]*a secret/);
      });
    });
  }
}

test("what is denied is not written as a cache", { skip }, async () => {
  await inWorld(async (world) => {
    const cache = join(world.home, ".cache/huggingface");
    for (const denied of ["${cache}", "${home}"]) {
      await attempt({
        world,
        inherited: { HF_HOME: cache },
        permissions: { run: { write: { deny: [denied] } } },
        command: `touch ${world.home}/.cache/forged ${cache}/forged result`,
      });
      assert.ok(!readdirSync(join(world.home, ".cache")).includes("forged"), denied);
      assert.ok(!readdirSync(cache).includes("forged"), denied);
      assert.ok(readdirSync(world.run).includes("result"), denied);
    }
  });
});

test("a directory that holds the home is denied with it", { skip }, async () => {
  await inWorld(async (world) => {
    const { output } = await attempt({
      world,
      permissions: { run: { read: { deny: [world.base] } } },
      command: `cat ${world.home}/.profile ~/.cache/huggingface/hub/model; echo end`,
    });
    assert.doesNotMatch(output, /a profile|weights/);
    assert.match(output, /end\n$/);
  });
});

test("the system's files are denied like others", { skip }, async () => {
  await inWorld(async (world) => {
    const { output } = await attempt({
      world,
      permissions: { run: { profile: "strict", read: { deny: ["/etc/ssl", "/etc/host*"] } } },
      command: "ls /etc/ssl /etc/hosts && cat /etc/hosts",
    });
    assert.doesNotMatch(output, /certs|localhost/);
  });
});

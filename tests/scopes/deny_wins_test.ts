/** What is denied stays so where links, patterns or caches lead there by another way. */

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { explainDenials } from "../../lib/phases/scope/explain_denials.ts";
import { parsePermissions } from "../../lib/phases/scope/parse_permissions.ts";
import { planScope } from "../../lib/phases/scope/plan_scope.ts";
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

test("a program that is denied by name is not started, by any of its paths", { skip }, async () => {
  await inWorld(async (world) => {
    const permissions = { run: { run: { deny: ["awk"] } } };
    const command = "awk 'BEGIN { print 1 }'; /usr/bin/awk 'BEGIN { print 2 }'; echo fine";
    const { output } = await attempt({ world, permissions, command });
    assert.doesNotMatch(output, /^[12]$/m);
    assert.equal(output.match(/Permission denied/g)?.length, 2, output);
    assert.match(output, /^fine$/m);
    const plan = await planScope({
      phase: "run",
      run: { runDir: world.run },
      permissions: [parsePermissions(permissions)],
    });
    assert.ok(plan.record!.withheld.paths.includes("/usr/bin/awk"));
    const { but } = plan.record!.enforced.find(({ permission }) => permission === "run")!;
    assert.match(but!, /^programs that are denied are hidden/);
    const said = explainDenials(plan, output).map(({ message }) => message);
    // What was said last comes first.
    assert.deepEqual(said, [
      "'/usr/bin/awk' is denied to phase 'run'",
      "program '/usr/bin/awk' is denied to phase 'run'",
    ]);
  });
});

test(
  "a command that is denied says so, and a denied shell keeps nobody else",
  { skip },
  async () => {
    await inWorld(async (world) => {
      const permissions = { run: { run: { deny: ["sh", "awk"] } } };
      const { result } = await attempt({ world, permissions, command: ["awk", "1"] });
      assert.match(
        result.message!,
        /^could not be started: 'awk' was not found: '.*\/awk' is denied to phase 'run'$/,
      );
      const command = ["perl", "-e", "print system('/bin/sh', '-c', 'true') == 0 ? 'ran' : 'fine'"];
      assert.equal((await attempt({ world, permissions, command })).output, "fine");
    });
  },
);

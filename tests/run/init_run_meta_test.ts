import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { initRunMeta, type RunMetaInit } from "../../lib/run/init_run_meta.ts";
import { makeRun } from "../../lib/run/make_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { inTempDir } from "./_tools.ts";

const opref = { namespace: "demo", name: "hi" };
const opdef = { name: "hi", data: {} };
const cmd = { args: ["true"], env: {} };

test("initRunMeta() that fails leaves nothing, or what was there", async () => {
  await inTempDir(async (dir) => {
    const bad: [Partial<RunMetaInit>, RegExp][] = [
      [{ opdef: { ...opdef, name: "bye" } }, /^RangeError: mismatched names in opref \('hi'\) and/],
      [{ cmd: { args: ["a\0"], env: {} } }, /NUL/],
      [{ cmd: { args: [], env: { "A=B": "1" } } }, /variable/],
      [{ cmd: { args: ["a\nb"], env: {} }, layout: "text" }, /line break/],
      [
        { cmd: { args: [], env: { HF_TOKEN: "hush" } } },
        /^RangeError: Cannot record variable 'HF_TOKEN' .* give it to execRun\(\) as 'env'$/,
      ],
      [{ systemAttrs: { "../x": 1 } }, /attribute/],
      [{ config: { x: (() => {}) as never } }, /config/],
      [{ userAttrs: { label: undefined as unknown as string, x: (() => {}) as never } }, /user/],
    ];
    for (const [init, message] of bad) {
      const run = await makeRun(dir);
      const all = { opref, opdef, cmd, ...init };
      await assert.rejects(initRunMeta(run, all), message, JSON.stringify(Object.keys(init)));
      assert.deepEqual(readdirSync(dir).filter((name) => name.startsWith(run.id)), [run.id]);
    }
    const run = await makeRun(dir, { opref });
    await assert.rejects(initRunMeta(run, { opdef: { ...opdef, name: "bye" }, cmd }), RangeError);
    assert.deepEqual(readdirSync(run.metaDir), ["opref"]);
    assert.equal(await runStatus(run), "unknown");
    await initRunMeta(run, { opdef, cmd });
    assert.equal(await runStatus(run), "initialized");
  });
});

test("initRunMeta() refuses a run that is initialized, and one without a directory", async () => {
  await inTempDir(async (dir) => {
    const run = await makeRun(dir, { opref });
    await initRunMeta(run, { opdef, cmd });
    const before = readFileSync(join(run.metaDir, "log", "runner"), "utf8");
    await assert.rejects(initRunMeta(run, { opdef, cmd }), {
      name: "RunStateError",
      message: `Cannot initialize run '${run.id}': it is initialized already`,
    });
    assert.equal(readFileSync(join(run.metaDir, "log", "runner"), "utf8"), before);
    const gone = { ...run, runDir: join(dir, "x"), metaDir: join(dir, "x.meta") };
    await assert.rejects(initRunMeta(gone, { opdef, cmd }), /^NotFoundError: Run dir does not/);
    assert.equal(existsSync(gone.metaDir), false);
    await assert.rejects(initRunMeta(await makeRun(dir), { opdef, cmd }), /give 'opref'/);
  });
});

test("initRunMeta() writes what Gage reads: bytes, modes and log", async () => {
  await inTempDir(async (dir) => {
    const run = await makeRun(dir, { opref: { ...opref, version: "2" } });
    await initRunMeta(run, {
      opdef: { name: "hi", data: { exec: "echo é", default: true } },
      cmd: { args: "echo é", env: { B: "2", A: "1" } },
      config: { "a.b": 1, a: 0.5 },
      systemAttrs: { platform: "Linux" },
      userAttrs: { label: "first" },
    });
    const read = (...names: string[]) => readFileSync(join(run.metaDir, ...names), "utf8");
    assert.equal(read("opref"), "2 demo hi 2");
    assert.equal(read("__schema__"), "1");
    assert.equal(read("id"), run.id);
    assert.equal(read("opdef.json"), '{\n  "default": true,\n  "exec": "echo \\u00e9"\n}');
    assert.equal(read("config.json"), '{\n  "a": 0.5,\n  "a.b": 1\n}');
    assert.equal(read("proc", "cmd.json"), '"echo \\u00e9"');
    assert.equal(read("proc", "env.json"), '{\n  "A": "1",\n  "B": "2"\n}');
    assert.equal(read("sys", "platform.json"), '"Linux"');
    assert.match(read("initialized"), /^\d{16}$/);
    assert.deepEqual(
      (await runMeta.readLog(run)).map((entry) => entry.message),
      ["run id", "opdef", "config", "proc cmd", "proc env", "system platform", "initialized"]
        .map((name) => `Writing meta ${name}`),
    );
    for (const name of await runMeta.ls(run)) {
      if (name.endsWith("/") || name.startsWith("log/")) continue;
      assert.equal(statSync(join(run.metaDir, name)).mode & 0o777, 0o444, name);
    }
    assert.deepEqual(await runMeta.readUserAttributes(run), { label: "first" });
  });
});

import assert from "node:assert/strict";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { metaLayout } from "../../lib/meta/meta_layout.ts";
import { metaSource } from "../../lib/meta/meta_source.ts";
import { planMeta } from "../../lib/meta/plan_meta.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { sealMeta } from "../../lib/meta/seal_meta.ts";
import { inTempDir, SEALED_META, writeTree } from "./_tools.ts";

/** Calls a function with meta as a directory, then with the same as a zip. */
async function bothWays(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (metaDir: string) => Promise<void>,
): Promise<void> {
  await inTempDir(async (runsDir) => {
    const dir = join(runsDir, "a1.meta");
    writeTree(dir, files);
    await use(dir);
    await use(await sealMeta(dir));
  });
}

test("all readers work alike on a directory and a zip", async () => {
  await bothWays(SEALED_META, async (meta) => {
    assert.equal(metaLayout(meta), "json");
    assert.equal((await runMeta.ls(meta)).length, 23);
    assert.deepEqual(await runMeta.read(meta, "id"), Buffer.from(SEALED_META.id!));
    assert.equal(await runMeta.readText(meta, "manifest"), SEALED_META.manifest);
    assert.equal(await runMeta.readText(meta, "nope"), null);
    assert.equal(await runMeta.readText(meta, "log"), null, "a directory is no file");
    assert.equal(await runMeta.readId(meta), SEALED_META.id);
    assert.deepEqual(await runMeta.readOpref(meta), { namespace: "demo", name: "say" });
    assert.deepEqual(await runMeta.readOpdef(meta), { name: "say", data: {} });
    assert.deepEqual(await runMeta.readConfig(meta), { lr: 0.1 });
    assert.deepEqual(await runMeta.readCmd(meta), { args: ["python", "say.py"], env: { A: "1" } });
    assert.deepEqual(await runMeta.readEnv(meta), { A: "1" });
    assert.equal(await runMeta.readManifest(meta), SEALED_META.manifest);
    assert.equal(await runMeta.readOutput(meta, "40_run"), "Hi there\n");
    assert.deepEqual(await runMeta.readOutputLines(meta, "40_run"), [
      { timestamp: 1, stream: "out", text: "Hi there" },
    ]);
    assert.deepEqual(await runMeta.readLog(meta), [
      { date: "2024-07-05T10:11:12+0000", message: "Exit code for run: 0" },
    ]);
    assert.deepEqual(await runMeta.readSummary(meta), {});
    assert.deepEqual(await runMeta.readSystemAttributes(meta), { platform: "Linux" });
    assert.deepEqual(await runMeta.readUserAttributes(meta), {});
    assert.equal(await runMeta.readTimestamp(meta, "started"), 1700000000000003);
    assert.equal(await runMeta.readExit(meta), 0);
  });
});

test("all readers work alike on layout text", async () => {
  const files = planMeta({
    run: { id: "60a825b1-7dd5-4b4f-b4f6-0b1b1e3f0a52" },
    opref: { namespace: "test", name: "my op" },
    opdef: { name: "my op", data: { sourcecode: ["*.py"] } },
    cmd: { args: ["echo", "", "a b"], env: { A: "x=y", B: "" } },
    userAttrs: { label: "A test run", n: 1 },
    systemAttrs: { platform: "test 123" },
    layout: "text",
  });
  await bothWays(Object.fromEntries(files.map(({ path, data }) => [path, data])), async (meta) => {
    assert.equal(metaLayout(meta), "text");
    assert.deepEqual(await runMeta.readCmd(meta), {
      args: ["echo", "", "a b"],
      env: { A: "x=y", B: "" },
    });
    assert.deepEqual(await runMeta.readOpref(meta), { namespace: "test", name: "my op" });
    assert.deepEqual(await runMeta.readOpdef(meta), {
      name: "my op",
      data: { sourcecode: ["*.py"] },
    });
    assert.deepEqual(await runMeta.readConfig(meta), {});
    assert.deepEqual(await runMeta.readSystemAttributes(meta), { platform: "test 123" });
    assert.deepEqual(await runMeta.readUserAttributes(meta), { label: "A test run", n: 1 });
    assert.equal(await runMeta.readExit(meta), null);
    assert.equal(await runMeta.readSummary(meta), null);
    assert.equal(await runMeta.readManifest(meta), "");
  });
});

test("meta that early Gage wrote without final line feeds is read", async () => {
  await bothWays(
    { "proc/cmd": "echo\nhello", "proc/env": "bar=abc\nfoo=123", opref: "1 t t" },
    async (meta) => {
      assert.deepEqual(await runMeta.readCmd(meta), {
        args: ["echo", "hello"],
        env: { bar: "abc", foo: "123" },
      });
    },
  );
});

test("a record of a run stays good when the run is sealed", async () => {
  await inTempDir(async (runsDir) => {
    const run = { runDir: join(runsDir, "a1"), metaDir: join(runsDir, "a1.meta") };
    writeTree(run.metaDir, SEALED_META);
    const sealed = { ...run, metaDir: await sealMeta(run.metaDir) };
    assert.equal(await runMeta.readExit(run), 0);
    assert.equal(await runMeta.readOutput(sealed, "40_run"), "Hi there\n");
    assert.equal(await runMeta.readId({ runDir: run.runDir }), SEALED_META.id);
  });
});

test("a zip that is replaced is read anew", async () => {
  await inTempDir(async (runsDir) => {
    const [a, b] = [join(runsDir, "a.meta"), join(runsDir, "b.meta")];
    writeTree(a, { id: "first" });
    writeTree(b, { id: "again" });
    assert.equal(await runMeta.readId(await sealMeta(a)), "first");
    renameSync(await sealMeta(b), `${a}.zip`);
    assert.equal(await runMeta.readId(a), "again");
  });
});

test("readers say what is missing", async () => {
  await bothWays(
    { opref: "2 t t", "output/10_sourcecode": "x", "output/10_sourcecode.index": "" },
    async (meta) => {
      await assert.rejects(runMeta.readOpdef(meta), {
        name: "NotFoundError",
        message: `Run is not initialized: '${meta}' has no 'opdef.json'`,
      });
      await assert.rejects(runMeta.readCmd(meta), /has neither 'proc\/cmd.json' nor 'proc\/cmd'$/);
      await assert.rejects(runMeta.readOutput(meta, "40_run"), {
        name: "NotFoundError",
        message: `Run has no output '40_run' in '${meta}': there is 10_sourcecode`,
      });
      assert.equal(await runMeta.readId(meta), "a1", "from the name, since there is no file");
    },
  );
  await assert.rejects(runMeta.ls("/nowhere/a.meta"), {
    name: "NotFoundError",
    message: "Run meta dir does not exist: /nowhere/a.meta",
  });
});

test("readers name the file that is damaged", async () => {
  const files = {
    "opdef.json": "[]",
    "config.json": "{",
    "proc/cmd.json": "1",
    "summary.json": "nope",
  };
  await bothWays(files, async (meta) => {
    const name = "SyntaxError";
    await assert.rejects(runMeta.readOpdef(meta), {
      name,
      message: `Cannot read 'opdef.json' in '${meta}': it is not a JSON object`,
    });
    await assert.rejects(runMeta.readConfig(meta), {
      name,
      message: /^Cannot read 'config.json' in /,
    });
    await assert.rejects(runMeta.readCmd(meta), { name, message: /it is not a command$/ });
    await assert.rejects(runMeta.readSummary(meta), { name });
  });
});

test("a summary may be anything, also what only Python calls JSON", async () => {
  for (const [text, value] of [["[1]", [1]], ['{"a": NaN}', { a: NaN }], ["null", null]] as const) {
    await bothWays({ "summary.json": text }, async (meta) => {
      assert.deepEqual(await runMeta.readSummary(meta), value);
    });
  }
});

test("output that is not UTF-8 is read", async () => {
  await bothWays({ "output/40_run": Uint8Array.of(0x61, 0xff, 10) }, async (meta) => {
    assert.equal(await runMeta.readOutput(meta, "40_run"), "a\ufffd\n");
    assert.deepEqual([...await runMeta.readOutputBytes(meta, "40_run")], [0x61, 0xff, 10]);
    assert.deepEqual(await runMeta.readOutputLines(meta, "40_run"), [
      { timestamp: null, stream: "out", text: "a\ufffd" },
    ]);
  });
});

test("parts of large files are read alike", async () => {
  await bothWays({ "output/40_run": "0123456789".repeat(20_000) }, async (path) => {
    const meta = metaSource(path);
    const part = (start: number, end?: number) =>
      meta.readRange("output/40_run", start, end)?.toString();
    assert.equal(part(-3), "789");
    assert.equal(part(11, 14), "123");
    assert.equal(part(199_999, 300_000), "9");
    assert.equal(part(300_000), "");
    assert.equal(part(-300_000, 2), "01");
    assert.equal(meta.readRange("nope", 0), null);
    assert.equal(meta.readRange("output", 0), null);
  });
});

test("temporary files are not listed", async () => {
  await inTempDir(async (meta) => {
    writeTree(meta, { id: "a", ".runlit-12.tmp": "", "log/x.tmp": "" });
    assert.deepEqual(await runMeta.ls(meta), ["id", "log/"]);
    rmSync(join(meta, "id"));
    writeFileSync(join(meta, "b"), "");
    assert.deepEqual(await runMeta.ls(meta), ["b", "log/"]);
  });
});

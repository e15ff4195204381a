import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { planMeta } from "../../lib/meta/plan_meta.ts";
import { sealMeta } from "../../lib/meta/seal_meta.ts";
import { setUserAttributes } from "../../lib/meta/user_attributes.ts";
import { writeZip } from "../../lib/meta/zip/write_zip.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import { readRunInfo } from "../../lib/store/read_run_info.ts";
import { TYPESCRIPT_FLAGS } from "../../scripts/house/tools.ts";
import { inTempDir, SEALED_META, writeTree } from "../meta/_tools.ts";

/** IDs that begin with the number of the run. */
function idOf(n: number): string {
  return `${String(n).padStart(8, "0")}-7dd5-4b4f-b4f6-0b1b1e3f0a52`;
}

function metaOf(n: number, more: Record<string, string> = {}): Record<string, string> {
  return { ...SEALED_META, id: idOf(n), started: String(1700000000000000 + n), ...more };
}

async function sealed(runsDir: string, n: number, more?: Record<string, string>): Promise<void> {
  mkdirSync(join(runsDir, idOf(n)), { recursive: true });
  writeTree(join(runsDir, `${idOf(n)}.meta`), metaOf(n, more));
  await sealMeta(join(runsDir, `${idOf(n)}.meta`));
}

const ids = (runs: readonly { id: string }[]) => runs.map((run) => Number(run.id.slice(0, 8)));

test("listRuns() lists sealed and unsealed runs, newest first", async () => {
  await inTempDir(async (runsDir) => {
    await sealed(runsDir, 1);
    await sealed(runsDir, 3, { "proc/exit": "1" });
    writeTree(join(runsDir, `${idOf(2)}.meta`), {
      opref: "2 t staged",
      id: idOf(2),
      initialized: "1",
      staged: "1700000000000002",
    });
    writeTree(join(runsDir, `${idOf(4)}.meta`), { opref: "2 t made 1.0" });
    const { runs, warnings } = await listRuns(runsDir);
    assert.deepEqual(warnings, []);
    assert.deepEqual(ids(runs), [3, 2, 1, 4]);
    assert.deepEqual(runs.map(({ status }) => status), ["error", "staged", "completed", "unknown"]);
    assert.deepEqual(runs[3]!.opref, { namespace: "t", name: "made", version: "1.0" });
    assert.deepEqual(runs[2], {
      id: idOf(1),
      name: "babab-babad",
      runDir: join(runsDir, idOf(1)),
      metaDir: join(runsDir, `${idOf(1)}.meta.zip`),
      opref: { namespace: "demo", name: "say" },
      status: "completed",
      initialized: 1700000000000001,
      staged: 1700000000000002,
      started: 1700000000000001,
      stopped: 1700000000000004,
      exitCode: 0,
      label: null,
      config: null,
      summary: null,
    });
  });
});

test("listRuns() reads config and summary if asked to", async () => {
  await inTempDir(async (runsDir) => {
    await sealed(runsDir, 1, { "summary.json": '{"metrics": {"loss": NaN}}' });
    await sealed(runsDir, 2, { "summary.json": "{" });
    await sealed(runsDir, 3, { "config.json": JSON.stringify({ long: "x".repeat(100_000) }) });
    const { runs, warnings } = await listRuns(runsDir, { config: true, summary: true });
    assert.deepEqual(runs[2]!.summary, { metrics: { loss: NaN } });
    assert.deepEqual(runs[2]!.config, { lr: 0.1 });
    assert.equal(runs[1]!.summary, null);
    assert.equal((runs[0]!.config?.long as string).length, 100_000);
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0]!.message,
      /^Cannot read 'summary.json' in '.*00000002.*\.meta\.zip': /,
    );
    assert.deepEqual(
      await readRunInfo(join(runsDir, idOf(1)), { config: true, summary: true }),
      runs[2],
    );
  });
});

test("listRuns() takes a label from the user, else from the summary", async () => {
  await inTempDir(async (runsDir) => {
    const summary = { "summary.json": '{"run": {"label": "by summary"}}' };
    await sealed(runsDir, 1, summary);
    await sealed(runsDir, 2, summary);
    await setUserAttributes({ runDir: join(runsDir, idOf(2)) }, { label: "by user" });
    await sealed(runsDir, 3, { "summary.json": '["label"]' });
    await sealed(runsDir, 4, { "summary.json": '{"label"' });
    await sealed(runsDir, 5, summary);
    await setUserAttributes({ runDir: join(runsDir, idOf(5)) }, {}, { remove: ["label"] });
    const { runs } = await listRuns(runsDir);
    assert.deepEqual(runs.map(({ label }) => label), [
      "by summary",
      null,
      null,
      "by user",
      "by summary",
    ]);
  });
});

test("listRuns() lists runs of layout text", async () => {
  await inTempDir(async (runsDir) => {
    const files = planMeta({
      run: { id: idOf(1) },
      opref: { namespace: "test", name: "test" },
      opdef: { name: "test", data: {} },
      cmd: { args: [], env: {} },
      userAttrs: { label: "A test run" },
      layout: "text",
    });
    const tree = Object.fromEntries(files.map(({ path, data }) => [path, data]));
    writeTree(join(runsDir, `${idOf(1)}.meta`), tree);
    writeTree(join(runsDir, `${idOf(2)}.meta`), { ...tree, id: idOf(2), name: "my-name" });
    await sealMeta(join(runsDir, `${idOf(2)}.meta`));
    const { runs } = await listRuns(runsDir);
    assert.deepEqual(runs.map(({ name, label, status }) => [name, label, status]).sort(), [
      ["babab-babad", "A test run", "initialized"],
      ["my-name", "A test run", "initialized"],
    ]);
    assert.deepEqual(runs[0]!.opref, { namespace: "test", name: "test" });
  });
});

test("listRuns() reads zips that Gage wrote, where small files are anywhere", async () => {
  await inTempDir(async (runsDir) => {
    const files = { ...metaOf(1), "output/40_run": "x".repeat(100_000) };
    const dirs = ["log/", "output/", "proc/", "sys/"];
    writeZip(
      join(runsDir, `${idOf(1)}.meta.zip`),
      [...Object.keys(files), ...dirs].sort().map((name) => ({
        name,
        ...(name.endsWith("/") ? {} : { data: Buffer.from(files[name as keyof typeof files]!) }),
      })),
    );
    const { runs, warnings } = await listRuns(runsDir, { config: true });
    assert.deepEqual(warnings, []);
    assert.deepEqual([ids(runs), runs[0]!.status, runs[0]!.config], [[1], "completed", {
      lr: 0.1,
    }]);
  });
});

test("a damaged run is one warning, and the others are listed", async () => {
  await inTempDir(async (runsDir) => {
    await sealed(runsDir, 1);
    const zipOf = (n: number) => join(runsDir, `${idOf(n)}.meta.zip`);
    const whole = readFileSync(zipOf(1));
    writeFileSync(zipOf(2), "");
    writeFileSync(zipOf(3), whole.subarray(0, 1000));
    writeZip(zipOf(4), [{ name: "id", data: Buffer.from("x") }]);
    writeZip(zipOf(5), [{ name: "opref", data: Buffer.from("9 t t") }]);
    mkdirSync(zipOf(6));
    writeTree(join(runsDir, `${idOf(7)}.meta`), { initialized: "1" });
    writeFileSync(join(runsDir, `${idOf(8)}.meta`), "a file");
    symlinkSync("nowhere", zipOf(9));
    const flipped = Buffer.from(whole);
    flipped[flipped.indexOf("2 demo say")]! ^= 4;
    writeFileSync(zipOf(10), flipped);
    const { runs, warnings } = await listRuns(runsDir);
    assert.deepEqual(ids(runs), [1]);
    const byId = Object.fromEntries(warnings.map(({ path, message }) => {
      assert(message.includes(path), message);
      return [
        Number(path.slice(runsDir.length + 1, runsDir.length + 9)),
        message.replace(path, "PATH"),
      ];
    }));
    assert.deepEqual(byId, {
      2: "Cannot read zip 'PATH': it is empty",
      3: "Cannot read zip 'PATH': it is damaged or cut off: it has no end record",
      4: "Cannot read run 'PATH': it has no 'opref'",
      5: "Cannot read run 'PATH': Cannot read operation reference '9 t t': it has version 9, this program knows 1 and 2",
      6: "Cannot read zip 'PATH': it is a directory",
      7: "Cannot read run 'PATH': it has no 'opref'",
      10:
        "Cannot read zip 'PATH': it is damaged: the check sum of entry 'opref' is not that of its contents",
    });
    assert.equal(warnings.length, 7);
  });
});

test("odd names are runs too", async () => {
  await inTempDir(async (runsDir) => {
    writeTree(join(runsDir, "not-hex.meta"), { opref: "2 t t" });
    writeTree(join(runsDir, "new\nline.meta"), { opref: "2 t t" });
    const { runs } = await listRuns(runsDir);
    assert.deepEqual(runs.map(({ name }) => name).sort(), ["new\nline", "not-hex"]);
  });
});

test("a run that has just been made is not there yet", async () => {
  await inTempDir(async (runsDir) => {
    mkdirSync(join(runsDir, idOf(1)));
    mkdirSync(join(runsDir, `${idOf(2)}.meta`));
    assert.deepEqual(await listRuns(runsDir), { runs: [], warnings: [] });
  });
});

test("a run whose sealing was interrupted is listed once", async () => {
  await inTempDir(async (runsDir) => {
    await sealed(runsDir, 1);
    writeTree(join(runsDir, `${idOf(1)}.meta`), { opref: "2 t rest" });
    writeFileSync(join(runsDir, `${idOf(2)}.meta.zip`), "PK");
    writeTree(join(runsDir, `${idOf(2)}.meta`), metaOf(2));
    writeTree(join(runsDir, `${idOf(3)}.meta.0123.tmp`), metaOf(3));
    const { runs, warnings } = await listRuns(runsDir);
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      runs.map(({ opref, metaDir }) => [opref?.name, metaDir.slice(runsDir.length + 9)]),
      [
        ["say", "-7dd5-4b4f-b4f6-0b1b1e3f0a52.meta"],
        ["say", "-7dd5-4b4f-b4f6-0b1b1e3f0a52.meta.zip"],
      ],
    );
    assert.equal((await readRunInfo(join(runsDir, idOf(2)))).status, "completed");
  });
});

test("runs in the trash and in archives are listed when asked for", async () => {
  await inTempDir(async (runsDir) => {
    for (const n of [1, 2, 3, 4]) await sealed(runsDir, n);
    const move = (n: number, ...moves: string[]) =>
      writeTree(
        join(runsDir, `${idOf(n)}.move`),
        Object.fromEntries(
          moves.map((to, i) => [`018bcfe5-680${i}-4aaa-8aaa-aaaaaaaaaaaa-${to}`, ""]),
        ),
      );
    move(2, "trash");
    move(3, "trash", "active");
    move(4, "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed");
    const list = async (container?: string | null) =>
      ids((await listRuns(runsDir, { container })).runs);
    assert.deepEqual(await list(), [3, 1]);
    assert.deepEqual(await list("trash"), [2]);
    assert.deepEqual(await list("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"), [4]);
    assert.deepEqual(await list(null), [4, 3, 2, 1]);
  });
});

test("listRuns() and readRunInfo() say what does not exist", async () => {
  await inTempDir(async (runsDir) => {
    await assert.rejects(listRuns(join(runsDir, "x")), {
      name: "NotFoundError",
      message: `Runs dir does not exist: ${join(runsDir, "x")}`,
    });
    await assert.rejects(
      readRunInfo(join(runsDir, "x")),
      /^NotFoundError: Run meta dir does not exist: .*x\.meta$/,
    );
    mkdirSync(join(runsDir, "x.meta"));
    await assert.rejects(
      readRunInfo(join(runsDir, "x")),
      /^NotFoundError: Run has no operation yet: /,
    );
    writeFileSync(join(runsDir, "file"), "");
    await assert.rejects(
      listRuns(join(runsDir, "file")),
      /^FileError: Cannot read .*: a part of its path is not a/,
    );
  });
});

test("listRuns() reads runs as they are while another process makes, seals and removes some", async () => {
  await inTempDir(async (dir) => {
    const runsDir = join(dir, "runs");
    for (let n = 0; n < 20; n++) await sealed(runsDir, n);
    writeTree(join(dir, "meta"), metaOf(100));
    const script = join(dir, "busy.mts");
    const url = new URL("../../lib/meta/seal_meta.ts", import.meta.url).href;
    writeFileSync(
      script,
      `import { sealMeta } from ${JSON.stringify(url)};
import { cpSync, renameSync, rmSync } from "node:fs";
const [from, runsDir] = process.argv.slice(2);
console.log("ready");
for (let n = 100;; n++) {
  const meta = runsDir + "/" + n + ".meta";
  cpSync(from, from + n, { recursive: true });
  renameSync(from + n, meta);
  await sealMeta(meta);
  if (n >= 105) rmSync(runsDir + "/" + (n - 5) + ".meta.zip");
}
`,
    );
    const args = "Deno" in globalThis ? ["run", "-A", "--no-check", "--quiet"] : TYPESCRIPT_FLAGS;
    const child = spawn(
      process.execPath,
      [...args, script, join(dir, "meta"), runsDir],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    try {
      await once(child.stdout, "data");
      let most = 0;
      for (let i = 0; i < 300 || most < 22; i++) {
        // Lets this process hear of the other's end, which would be an error.
        await setImmediate();
        assert.equal(child.exitCode, null, "the other process is at it still");
        const { runs, warnings } = await listRuns(runsDir);
        assert.deepEqual(warnings, []);
        assert.equal(runs.filter(({ metaDir }) => metaDir.endsWith("0a52.meta.zip")).length, 20);
        for (const { status } of runs) assert.equal(status, "completed");
        most = Math.max(most, runs.length);
      }
    } finally {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  });
});

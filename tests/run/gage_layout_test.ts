import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { writeZip } from "../../lib/meta/zip/write_zip.ts";
import { execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import { inTempDir, WITHOUT_PYTHON, writeTree } from "./_tools.ts";
import { python } from "../meta/_tools.ts";

const ID = "60a825b1-7dd5-4b4f-b4f6-0b1b1e3f0a52";
const DATE = "2024-07-05T10:11:12+0200";

/** What Gage 0.1.2 has written once a run is staged. */
const STAGED = {
  opref: "2 demo say 1",
  __schema__: "1",
  id: ID,
  "opdef.json": '{\n  "exec": "cat say.py",\n  "version": 1\n}',
  "config.json": '{\n  "name": "J\\u00f6e"\n}',
  "proc/cmd.json": '"cat say.py; echo $A"',
  "proc/env.json": '{\n  "A": "1"\n}',
  "sys/platform.json": '"Linux-6.1.0-x86_64-with-glibc2.36"',
  initialized: "1720167072000001",
  staged: "1720167072000002",
  "log/runner": `${DATE} Writing meta run id\n${DATE} Writing meta staged\n`,
  "log/files": "a s 1720167071000000 say.py\n",
  manifest: "s 2f9b3a8f7c7d6e0c4b0a3d8a7a4e4b7a3d6a0f6f4c8e0c7d6b5a493827160504 say.py\n",
  "output/10_sourcecode": "hook\n",
  "output/10_sourcecode.index": Uint8Array.from([0, 0, 1, 0xa1, 0xf8, 0x85, 0x28, 0xaf, 0]),
};

/** What it has added once the run is over. */
const OVER = {
  started: "1720167072000003",
  stopped: "1720167072500004",
  "proc/exit": "-9",
  "summary.json":
    '{\n  "metrics": {\n    "loss": NaN\n  },\n  "run": {\n    "label": "best"\n  }\n}',
  "output/40_run": "Hi\nthere",
  "output/40_run.index": Uint8Array.from([
    ...[0, 0, 1, 0xa1, 0xf8, 0x85, 0x28, 0xaf, 0],
    ...[0, 0, 1, 0xa1, 0xf8, 0x85, 0x28, 0xb0, 1],
  ]),
};

test("a run that Gage has staged is started and sealed here", async () => {
  await inTempDir(async (runs) => {
    writeTree(join(runs, ID), { "say.py": "print()\n" });
    writeTree(join(runs, `${ID}.meta`), STAGED);
    writeFileSync(join(runs, `${ID}.project`), "file:/home/ada/demo");
    const run = await openRun(join(runs, ID));
    assert.deepEqual(run.opref, { namespace: "demo", name: "say", version: "1" });
    assert.equal(await runStatus(run), "staged");
    assert.deepEqual(await runMeta.readConfig(run), { name: "Jöe" });
    assert.equal((await execRun(run)).ok, true);
    const sealed = await finalizeRun(run);
    assert.equal(await runMeta.readOutput(sealed, "40_run"), "print()\n1\n");
    const log = (await runMeta.readLog(sealed)).map((entry) => entry.message);
    assert.ok(log.includes('File "say.py" was modified during the run'), "its digest was made up");
  });
});

test("a run that Gage has sealed, or not yet, reads as what it is", async () => {
  await inTempDir(async (runs) => {
    const other = ID.replace("6", "7");
    writeTree(join(runs, `${ID}.meta`), { ...STAGED, ...OVER });
    const names = { ...STAGED, ...OVER, id: other };
    const sources = Object.entries(names).sort(([a], [b]) => a < b ? -1 : 1)
      .map(([name, data]) => ({ name, data: Buffer.from(data), mode: 0o644 }));
    const dirs = ["log/", "output/", "proc/", "sys/"].map((name) => ({ name, mode: 0o755 }));
    writeZip(join(runs, `${other}.meta.zip`), [...dirs, ...sources]);
    // Entries that are no runs, or are not there yet.
    for (const name of ["x.move", ".archives", `${ID}.user`, "y.meta"]) mkdirSync(join(runs, name));
    writeFileSync(join(runs, "z.project"), "file:..");
    const { runs: listed, warnings } = await listRuns(runs, { config: true, summary: true });
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      listed.map(({ id, status, label, exitCode }) => [id, status, label, exitCode]),
      [
        [ID, "terminated", "best", -9],
        [other, "terminated", "best", -9],
      ],
    );
    for (const { id } of listed) {
      const run = await openRun(join(runs, id));
      assert.deepEqual(await runMeta.readSummary(run), {
        metrics: { loss: NaN },
        run: { label: "best" },
      });
      assert.deepEqual(await runMeta.readOutputLines(run, "40_run"), [
        { timestamp: 0x1a1f88528af, stream: "out", text: "Hi" },
        { timestamp: 0x1a1f88528b0, stream: "err", text: "there" },
      ]);
      assert.equal(await runMeta.readOutput(run, "10_sourcecode"), "hook\n");
    }
  });
});

test(
  "what is sealed here has what Gage reads, where it reads it",
  { skip: WITHOUT_PYTHON },
  async () => {
    await inTempDir(async (runs) => {
      writeTree(join(runs, ID), { "say.py": "print()\n" });
      writeTree(join(runs, `${ID}.meta`), STAGED);
      const run = await openRun(join(runs, ID));
      await execRun(run);
      const { metaDir } = await finalizeRun(run);
      const code = `import json, struct, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
read = lambda name: z.read(name).decode()
assert read("opref").split() == ["2", "demo", "say", "1"]
assert int(read("initialized")) < int(read("staged")) < int(read("started")) < int(read("stopped"))
assert read("proc/exit") == "0" and "proc/lock" not in z.namelist()
assert json.loads(read("summary.json")) == {}
index = z.read("output/40_run.index")
assert len(index) == 18 and all(s == 0 for _, s in struct.iter_unpack(">QB", index))
for line in read("manifest").splitlines():
    type, sha, path = line.split(" ", 2)
    assert type in "srdg" and len(sha) == 64
for line in read("log/files").splitlines():
    event, type, mtime, path = line.split(" ", 3)
    assert event in "adm" and (mtime == "-" or int(mtime) > 10**15)
print("ok")`;
      assert.equal(python(code, metaDir), "ok\n");
    });
  },
);

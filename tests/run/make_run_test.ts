import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { makeRun } from "../../lib/run/make_run.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import { ROOT } from "../../scripts/house/root.ts";
import { runProgram } from "../../scripts/house/run_program.ts";
import { DENO, NODE_TYPESCRIPT } from "../../scripts/house/tools.ts";
import { inTempDir } from "./_tools.ts";

const ID = "60a825b1-7dd5-4b4f-b4f6-0b1b1e3f0a52";
const RUNTIME = "Deno" in globalThis ? [DENO, "run", "-A", "--no-config"] : NODE_TYPESCRIPT;

test("makeRun() gives parallel callers in several processes different runs", async () => {
  await inTempDir(async (dir) => {
    const runs = join(dir, "runs");
    mkdirSync(runs);
    const program = join(dir, "make.mts");
    writeFileSync(
      program,
      `import { makeRun } from "${pathToFileURL(join(ROOT, "lib/run/make_run.ts"))}";
      const opref = { namespace: "t", name: "t" };
      const all = Array.from({ length: 60 }, () => makeRun(${JSON.stringify(runs)}, { opref }));
      console.log((await Promise.all(all)).map((run) => run.id).join("\\n"));`,
    );
    const ended = await Promise.all(
      Array.from({ length: 4 }, () => runProgram([...RUNTIME, program], { cwd: dir })),
    );
    for (const { ok, output } of ended) assert.ok(ok, output);
    const ids = ended.flatMap(({ stdout }) => stdout.trim().split("\n"));
    assert.equal(new Set(ids).size, 240);
    const { runs: listed, warnings } = await listRuns(runs);
    assert.deepEqual(warnings, []);
    assert.deepEqual(listed.map((run) => run.id).sort(), ids.sort());
  });
});

test("makeRun() refuses an ID that is taken, by a run directory or by meta alone", async () => {
  await inTempDir(async (dir) => {
    await makeRun(dir, { id: ID });
    await assert.rejects(makeRun(dir, { id: ID }), /^Error: Cannot make run '60a825b1.*already/);
    for (const suffix of [".meta", ".meta.zip"]) {
      const id = ID.replace("6", suffix.length === 5 ? "7" : "8");
      mkdirSync(join(dir, id + suffix));
      await assert.rejects(makeRun(dir, { id }), /already is a run with this ID/);
      assert.equal(readdirSync(dir).includes(id), false, "nothing is left");
    }
  });
});

test("makeRun() says what is wrong with a runs directory or an ID", async () => {
  await inTempDir(async (dir) => {
    await assert.rejects(makeRun(join(dir, "none")), {
      name: "NotFoundError",
      message: `Runs dir does not exist: ${join(dir, "none")}`,
    });
    writeFileSync(join(dir, "file"), "");
    await assert.rejects(makeRun(join(dir, "file")), /it is not a directory$/);
    for (const id of ["", "x", "../x", ID.toUpperCase(), `${ID}.meta`]) {
      await assert.rejects(makeRun(dir, { id }), RangeError);
    }
    assert.deepEqual(readdirSync(dir), ["file"]);
  });
});

test("makeRun() leaves nothing behind when the operation cannot be recorded", async () => {
  await inTempDir(async (dir) => {
    const opref = { namespace: "", name: "x" };
    await assert.rejects(makeRun(dir, { opref }));
    assert.deepEqual(readdirSync(dir), []);
    chmodSync(dir, 0o700);
  });
});

test("makeRun() with an operation makes a run that can be listed", async () => {
  await inTempDir(async (dir) => {
    const run = await makeRun(dir, { opref: { namespace: "a b", name: "c d", version: "1" } });
    const { runs } = await listRuns(dir);
    assert.deepEqual(runs.map(({ id, opref, status }) => ({ id, opref, status })), [
      { id: run.id, opref: run.opref, status: "unknown" },
    ]);
    assert.equal(statSync(join(run.metaDir, "opref")).mode & 0o777, 0o444);
  });
});

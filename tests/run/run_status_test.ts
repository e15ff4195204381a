import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { acquireLock } from "../../lib/meta/lock.ts";
import type { LockState } from "../../lib/meta/lock_state.ts";
import { readExit } from "../../lib/meta/read_exit.ts";
import { sealMeta } from "../../lib/meta/seal_meta.ts";
import { statusOfFiles } from "../../lib/meta/status_of_files.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { inTempDir, writeTree } from "../meta/_tools.ts";

const INITIALIZED = { opref: "2 t t", initialized: "1" };
const STAGED = { ...INITIALIZED, staged: "2" };
const STARTED = { ...STAGED, started: "3" };
const DATE = "2024-07-05T10:11:12+0000";

async function statusOf(files: Record<string, string>): Promise<string> {
  return await inTempDir((dir) => {
    writeTree(dir, files);
    return runStatus(dir);
  });
}

test("runStatus() follows a run through its life", async () => {
  assert.equal(await statusOf({}), "unknown");
  assert.equal(await statusOf({ opref: "2 t t" }), "unknown");
  assert.equal(await statusOf(INITIALIZED), "initialized");
  assert.equal(await statusOf(STAGED), "staged");
  assert.equal(await statusOf({ ...STARTED, "proc/lock": String(process.pid) }), "running");
  assert.equal(await statusOf({ ...STARTED, stopped: "4", "proc/exit": "0" }), "completed");
  assert.equal(await statusOf({ ...STARTED, stopped: "4", "proc/exit": "2" }), "error");
  assert.equal(await statusOf({ ...STARTED, stopped: "4", "proc/exit": "-15" }), "terminated");
});

test("runStatus() takes the exit code from the log until the run is finalized", async () => {
  const log = (text: string) => ({ ...STARTED, "log/runner": text });
  assert.equal(await statusOf(log(`${DATE} Exit code for run: 0\n`)), "completed");
  assert.equal(
    await statusOf(log(`${DATE} Exit code for run: 1\n${DATE} Writing meta stopped\n`)),
    "error",
  );
  assert.equal(await statusOf(log(`${DATE} Exit code for run: -9\n`)), "terminated");
  assert.equal(await statusOf(log(`${DATE} Exit code for stage-runtime: 0\n`)), "lost");
  assert.equal(await statusOf(log(`${DATE} Starting run\n  Exit code for run: 0\n`)), "lost");
});

test("runStatus() calls a run lost whose runner is gone without an exit code", async () => {
  const pid = spawnSync("true").pid;
  assert.equal(await statusOf(STARTED), "lost");
  assert.equal(await statusOf({ ...STARTED, "proc/lock": String(pid) }), "lost");
  assert.equal(await statusOf({ ...STARTED, "proc/lock": "garbage" }), "lost");
  assert.equal(await statusOf({ ...STARTED, stopped: "4" }), "lost");
  assert.equal(await statusOf({ ...STARTED, "proc/exit": "garbage" }), "lost");
});

test("runStatus() does not mistake a phase of staging for the run", async () => {
  const pid = spawnSync("true").pid;
  for (const lock of [pid, process.pid]) {
    assert.equal(await statusOf({ ...INITIALIZED, "proc/lock": String(lock) }), "initialized");
    assert.equal(await statusOf({ ...STAGED, "proc/lock": String(lock) }), "staged");
  }
});

test("runStatus() follows the lock", async () => {
  await inTempDir(async (metaDir) => {
    const run = { runDir: "", metaDir };
    writeTree(metaDir, STARTED);
    const lock = await acquireLock(run);
    assert.equal(await runStatus(run), "running");
    lock.release();
    assert.equal(await runStatus(run), "lost");
    writeTree(metaDir, {
      "proc/lock": "1",
      "proc/lock.json": JSON.stringify({ pid: 1, host: "elsewhere", nonce: "1" }),
    });
    assert.equal(await runStatus(run), "running", "what cannot be seen from here");
  });
});

test("runStatus() and readExit() work on a sealed run, also one without an exit code", async () => {
  await inTempDir(async (runsDir) => {
    writeTree(join(runsDir, "a.meta"), { ...STARTED, "proc/exit": "3" });
    writeTree(join(runsDir, "b.meta"), {
      ...STARTED,
      "log/runner": `${DATE} Exit code for run: -2\n`,
    });
    writeTree(join(runsDir, "c.meta"), { ...STARTED, "proc/lock": String(process.pid) });
    const [a, b, c] = await Promise.all(
      ["a", "b", "c"].map((id) => sealMeta(join(runsDir, `${id}.meta`))),
    );
    assert.deepEqual([await runStatus(a!), await readExit(a!)], ["error", 3]);
    assert.deepEqual([await runStatus(b!), await readExit(b!)], ["terminated", -2]);
    assert.deepEqual([await runStatus(c!), await readExit(c!)], ["lost", null]);
  });
});

test("runStatus() never calls a run lost that is about to end", async () => {
  // What a process does that ends a run between any two looks of another that asks for its status.
  const states: { files: Record<string, string>; lock: LockState }[] = [
    { files: STARTED, lock: "alive" },
    { files: { ...STARTED, "log/runner": `${DATE} Exit code for run: 0\n` }, lock: "alive" },
    { files: { ...STARTED, "log/runner": `${DATE} Exit code for run: 0\n` }, lock: "free" },
    {
      files: { ...STARTED, "log/runner": `${DATE} Exit code for run: 0\n`, "proc/exit": "0" },
      lock: "free",
    },
  ];
  for (let first = 1; first < 8; first++) {
    for (let second = first; second < 8; second++) {
      for (let third = second; third < 8; third++) {
        let looks = 0;
        const now = () => states[[first, second, third].filter((at) => looks > at).length]!;
        const look = <T>(of: () => T): T => {
          looks++;
          return of();
        };
        const status = statusOfFiles({
          read: (name) => look(() => now().files[name]),
          lockState: () => look(() => now().lock),
        });
        assert(
          status === "running" || status === "completed",
          `${status} ${first} ${second} ${third}`,
        );
      }
    }
  }
});

test("runStatus() refuses a run without meta", async () => {
  await assert.rejects(runStatus({ runDir: "/nowhere/a" }), {
    name: "NotFoundError",
    message: "Run meta dir does not exist: /nowhere/a.meta",
  });
});

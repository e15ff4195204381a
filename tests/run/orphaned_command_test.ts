import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { acquireLock } from "../../lib/meta/lock.ts";
import { isGroupAlive } from "../../lib/phases/kill_group.ts";
import { orphanedCommand } from "../../lib/run/orphaned_command.ts";
import type { RunLocation } from "../../lib/meta/run_paths.ts";

/** Without `/proc` nobody can say what a runner had started that could not say it itself. */
const skip = process.platform !== "linux";

/** No process has this ID: it is more than the highest. */
const GONE = 2 ** 30;

interface Orphan {
  readonly run: RunLocation;
  readonly command: ChildProcess;
  /** Says in the run's lock what its runner started; its own ID stands for nothing yet. */
  say(pid: number): void;
}

/** A run whose runner was killed while its command, a script, goes on; ends it at last. */
async function withOrphan(script: string, use: (orphan: Orphan) => Promise<void>): Promise<void> {
  const runDir = mkdtempSync(join(tmpdir(), "runlit-orphan-"));
  const metaDir = `${runDir}.meta`;
  mkdirSync(metaDir);
  const run = { runDir, metaDir };
  const lock = await acquireLock(run);
  const path = join(metaDir, "proc", "lock");
  const holder = JSON.parse(readFileSync(`${path}.json`, "utf8"));
  rmSync(`${path}.json`);
  writeFileSync(`${path}.json`, JSON.stringify({ ...holder, pid: GONE }));
  writeFileSync(join(runDir, "run.sh"), script);
  const command = spawn("sh", ["run.sh"], {
    cwd: runDir,
    env: { PATH: process.env.PATH, RUN_ID: basename(runDir) },
    stdio: "ignore",
    detached: true,
  });
  const ended = once(command, "close");
  try {
    await use({ run, command, say: (pid) => lock.update(pid) });
  } finally {
    command.kill("SIGKILL");
    await ended;
    for (const dir of [runDir, metaDir]) rmSync(dir, { recursive: true, force: true });
  }
}

test("orphanedCommand() finds what a runner had started, whether or not it could say so", {
  skip,
}, async () => {
  await withOrphan("while :; do sleep 0.01; done\n", async ({ run, command, say }) => {
    for (const pid of [GONE, command.pid!]) {
      say(pid);
      assert.equal(orphanedCommand(run), command.pid);
    }
    const ended = once(command, "close");
    process.kill(-command.pid!, "SIGKILL");
    await ended;
    // Its `sleep` may take a moment longer.
    while (isGroupAlive(command.pid!)) await new Promise((resolve) => setTimeout(resolve, 1));
    for (const pid of [GONE, command.pid!]) {
      say(pid);
      assert.equal(orphanedCommand(run), null);
    }
  });
});

test("orphanedCommand() finds a command at the moment in which it becomes another program", {
  skip,
}, async () => {
  // As wrappers do, `env` or `nice`, and scripts that end with `exec python train.py`.
  await withOrphan('exec sh "$0"\n', async ({ run, command, say }) => {
    say(GONE);
    for (let looks = 0; looks < 300; looks++) assert.equal(orphanedCommand(run), command.pid);
  });
});

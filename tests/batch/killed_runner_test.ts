import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type BatchLayout, readBatch } from "../../lib/batch/batch.ts";
import { localScheduler } from "../../lib/batch/local_scheduler.ts";
import { runBatch } from "../../lib/batch/run_batch.ts";
import { trialStatus } from "../../lib/batch/trial_run.ts";
import { isGroupAlive } from "../../lib/phases/kill_group.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import { TYPESCRIPT_FLAGS } from "../../scripts/house/tools.ts";
import { withProject } from "./_support.ts";

interface Killed {
  readonly count: number;
  readonly layout: BatchLayout;
}

/** Starts a batch in a process that leads a group of its own. */
function startBatch(projectDir: string, runsDir: string, { count, layout }: Killed): ChildProcess {
  const program = fileURLToPath(new URL("./_killed.ts", import.meta.url));
  const args = "Deno" in globalThis
    ? ["run", "-A", "--no-check", program]
    : [...TYPESCRIPT_FLAGS, program];
  return spawn(process.execPath, [...args, projectDir, runsDir, String(count), layout], {
    // What it fails for is told.
    stdio: ["ignore", "ignore", "inherit"],
    detached: true,
  });
}

/** Milliseconds in which a batch gets somewhere, on however busy a machine. */
const LONG = 60_000;

/**
 * Waits until what a batch's trials log has so many lines. It is looked at again and again: a watcher
 * tells nothing of a line that was written before it was there, and this process may be kept waiting
 * for longer than the batch takes. A batch that writes no more, or takes too long, is an error.
 */
async function linesOf(log: string, count: number, runner: ChildProcess): Promise<void> {
  for (const until = performance.now() + LONG;; await setTimeout(5)) {
    const { exitCode, signalCode } = runner;
    const lines = readFileSync(log, "utf8").split("\n").length - 1;
    if (lines >= count) return;
    const ended = exitCode ?? signalCode;
    if (ended === null && performance.now() < until) continue;
    const why = ended === null ? `after ${LONG / 1000} s` : `when its runner ended with ${ended}`;
    throw new Error(`The batch had written ${lines} lines, not ${count}, ${why}`);
  }
}

/** Ends what a test that failed has left of its batch. */
function endBatch(runner: ChildProcess): void {
  try {
    process.kill(-runner.pid!, "SIGKILL");
  } catch {
    // It is gone, as it should be.
  }
}

const KILLS = [
  { what: "is killed", layout: "json", kill: (child: ChildProcess) => child.kill("SIGKILL") },
  {
    what: "is killed with its process group",
    layout: "guild",
    kill: (child: ChildProcess) => process.kill(-child.pid!, "SIGKILL"),
  },
] as const;

for (const { what, layout, kill } of KILLS) {
  test(`${layout}: a batch whose runner ${what} loses no trial, and runs none twice`, async () => {
    const COUNT = 60;
    const JOBS = 2;
    await withProject({ log: "" }, async (dir, runsDir) => {
      const log = join(dir, "log");
      writeFileSync(join(dir, "t.sh"), `n=0\nlog=${log}\necho $n >> $log\n`);
      const child = startBatch(dir, runsDir, { count: COUNT, layout });
      const ended = once(child, "close");
      // Somewhere in the middle, when a third of the trials have run.
      try {
        await linesOf(log, COUNT / 3, child);
        kill(child);
        await ended;
      } finally {
        endBatch(child);
      }
      const before = (await listRuns(runsDir)).runs;
      const info = before.find((each) => each.opref?.name === "t.sh+")!;
      assert.equal(info.status, layout === "json" ? "lost" : "error");
      const finished = before.filter((each) => each.status === "completed").map((each) => each.id);
      assert.ok(finished.length > 0 && finished.length < COUNT);

      const started: string[] = [];
      const result = await runBatch(readBatch(info), {
        scheduler: localScheduler(),
        jobs: JOBS,
        onStart: (trial) => started.push(trial.id),
      });
      assert.deepEqual([result.completed, result.failed, result.pending], [COUNT, 0, 0]);
      assert.ok(!started.some((id) => finished.includes(id)));
      assert.equal(new Set(started).size, started.length);
      const all = Array.from({ length: COUNT }, (_, i) => i + 1);
      assert.deepEqual(result.batch.trials.map((trial) => trial.plan.config.n), all);
      const { runs, warnings } = await listRuns(runsDir);
      assert.deepEqual(warnings, []);
      const isTrial = (each: (typeof runs)[number]) =>
        each.status === "completed" && each.opref?.name === "t.sh";
      assert.equal(runs.filter(isTrial).length, COUNT);
      // Only what nobody saw the end of was executed again.
      const ran = readFileSync(log, "utf8").trim().split("\n").map(Number);
      assert.deepEqual([...new Set(ran)].sort((a, b) => a - b), all);
      assert.ok(ran.length <= COUNT + JOBS, `${ran.length} executions`);
    });
  });
}

for (const layout of ["json", "guild-2019"] as const) {
  test(`${layout}: a trial that goes on without its runner is waited for`, async () => {
    await withProject({ log: "" }, async (dir, runsDir) => {
      const log = join(dir, "log");
      const go = join(dir, "go");
      // Nor does it wait when the test is over.
      const wait = `while [ ! -e ${go} ] && [ -e ${log} ]; do sleep 0.05; done`;
      writeFileSync(
        join(dir, "t.sh"),
        `n=0\nlog=${log}\necho start $n >> $log\n${wait}\necho end $n >> $log\n`,
      );
      const child = startBatch(dir, runsDir, { count: 1, layout });
      const ended = once(child, "close");
      try {
        await linesOf(log, 1, child);
        child.kill("SIGKILL");
        await ended;
      } finally {
        endBatch(child);
      }
      const info = (await listRuns(runsDir)).runs.find((each) => each.opref?.name === "t.sh+")!;
      const batch = readBatch(info);

      // Whoever interrupts the waiting leaves all as it is.
      const abort = new AbortController();
      let group = 0;
      const first = await runBatch(batch, {
        scheduler: localScheduler(),
        signal: abort.signal,
        onWait: (_, pid) => {
          group = pid;
          abort.abort("SIGINT");
        },
        // It would wait for ever.
        onStart: () => abort.abort("SIGINT"),
      });
      assert.deepEqual([first.completed, first.failed, first.pending], [0, 0, 1]);
      assert.ok(isGroupAlive(group));
      assert.equal(readBatch(info).trials[0].id, batch.trials[0].id);

      const events: string[] = [];
      const letGo = (what: string) => {
        events.push(what);
        writeFileSync(go, "");
      };
      const second = await runBatch(readBatch(info), {
        scheduler: localScheduler(),
        signal: AbortSignal.timeout(LONG),
        onWait: () => letGo("wait"),
        onStart: () => letGo("start"),
      });
      assert.deepEqual(events, ["wait", "start"]);
      assert.deepEqual([second.completed, second.failed], [1, 0]);
      assert.deepEqual(second.batch.trials[0].replaces, [batch.trials[0].id]);
      assert.equal(await trialStatus(second.batch, second.batch.trials[0]), "completed");
      assert.ok(!isGroupAlive(group));
      const lines = readFileSync(log, "utf8").trim().split("\n");
      assert.deepEqual(lines, ["start 1", "end 1", "start 1", "end 1"]);
    });
  });
}

import assert from "node:assert/strict";
import { appendFileSync, existsSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Batch, isBatch, readBatch } from "../../lib/batch/batch.ts";
import { localScheduler } from "../../lib/batch/local_scheduler.ts";
import { makeBatch } from "../../lib/batch/make_batch.ts";
import { runBatch, type RunBatchOptions } from "../../lib/batch/run_batch.ts";
import type { Job } from "../../lib/batch/scheduler.ts";
import { expandTrials } from "../../lib/guild/expand_trials.ts";
import { scriptOperation } from "../../lib/guild/script_operation.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { makeRun } from "../../lib/run/make_run.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import type { Config } from "../../lib/types.ts";
import { withProject } from "./_support.ts";

async function make(projectDir: string, runsDir: string, values: Config): Promise<Batch> {
  const operation = await scriptOperation(projectDir, "t.sh");
  const { trials } = expandTrials(values, { flags: operation.flags });
  return await makeBatch(runsDir, { projectDir, operation, values, trials });
}

const run = (batch: Batch, options: Partial<RunBatchOptions> = {}) =>
  runBatch(batch, { scheduler: localScheduler(), ...options });

const statuses = async (runsDir: string) =>
  (await listRuns(runsDir)).runs.map((info) => `${info.opref?.name} ${info.status}`).sort();

test("a batch runs a trial for each value, linked there and back", async () => {
  await withProject({ "t.sh": "n=0\nm=x\necho $n $m\n" }, async (dir, runsDir) => {
    const batch = await make(dir, runsDir, { n: [3, 1], m: "y" });
    const order: unknown[] = [];
    const result = await run(batch, { onStart: (trial) => order.push(trial.plan.config.n) });
    assert.deepEqual([result.completed, result.failed, result.pending], [2, 0, 0]);
    assert.deepEqual(order, [3, 1]);
    assert.deepEqual(await statuses(runsDir), [
      "t.sh completed",
      "t.sh completed",
      "t.sh+ completed",
    ]);
    for (const [i, { id }] of batch.trials.entries()) {
      const trial = await openRun(id, { runsDir });
      assert.equal(await runMeta.readOutput(trial, "40_run"), `${[3, 1][i]} y\n`);
      assert.equal(readlinkSync(join(batch.run.runDir, id)), join("..", id));
      assert.equal((await runMeta.readSystemAttributes(trial)).batch, batch.run.id);
      assert.equal((await runMeta.readUserAttributes(trial)).label, `m=y n=${[3, 1][i]}`);
      assert.ok(trial.metaDir.endsWith(".zip"));
    }
    const sealed = await openRun(batch.run.id, { runsDir });
    assert.deepEqual(await runMeta.readConfig(sealed), { n: [3, 1], m: "y" });
    assert.deepEqual(readBatch(sealed).trials, batch.trials);
  });
});

test("all trials have the source code that the batch was made with", async () => {
  await withProject({ "t.sh": "n=0\necho old $n\n" }, async (dir, runsDir) => {
    const batch = await make(dir, runsDir, { n: [1, 2] });
    appendFileSync(join(dir, "t.sh"), "echo new\n");
    await run(batch);
    for (const { id } of batch.trials) {
      const output = await runMeta.readOutput(await openRun(id, { runsDir }), "40_run");
      assert.match(output, /^old \d\n$/);
    }
  });
});

test("trials at a time have slots of their own", async () => {
  await withProject({ "t.sh": "n=0\necho $RUNLIT_SLOT\n" }, async (dir, runsDir) => {
    const batch = await make(dir, runsDir, { n: [1, 2, 3, 4, 5, 6] });
    const busy = new Set<number>();
    let most = 0;
    await run(batch, {
      jobs: 3,
      onStart: (_, { slot }) => {
        assert.ok(!busy.has(slot));
        most = Math.max(most, busy.add(slot).size);
      },
      onEnd: (_, { slot }) => busy.delete(slot),
    });
    assert.equal(most, 3);
    const seen = new Set<string>();
    for (const { id } of batch.trials) {
      seen.add(await runMeta.readOutput(await openRun(id, { runsDir }), "40_run"));
    }
    assert.deepEqual([...seen].sort(), ["0\n", "1\n", "2\n"]);
  });
});

test("a failed trial gets a new run when the batch is resumed, and the others are left", async () => {
  await withProject(
    { "t.sh": "n=0\nok=file\n[ $n != 2 ] || [ -e $ok ]\n" },
    async (dir, runsDir) => {
      const ok = join(dir, "ok");
      const batch = await make(dir, runsDir, { n: [1, 2, 3], ok });
      const first = await run(batch);
      assert.deepEqual([first.completed, first.failed, first.pending], [2, 1, 0]);
      assert.equal(await runStatus(batch.run), "error");
      appendFileSync(ok, "");
      const started: unknown[] = [];
      const second = await run(readBatch(batch.run), {
        onStart: (trial) => started.push(trial.plan.config.n),
      });
      assert.deepEqual(started, [2]);
      assert.deepEqual([second.completed, second.failed], [3, 0]);
      const [, trial] = second.batch.trials;
      assert.deepEqual(trial.replaces, [batch.trials[1].id]);
      assert.equal(await runStatus(await openRun(batch.run.id, { runsDir })), "completed");
      assert.ok(!existsSync(join(batch.run.runDir, batch.trials[1].id)));
    },
  );
});

test("with failFast the trials after a failure stay pending", async () => {
  await withProject({ "t.sh": "n=0\nexit $n\n" }, async (dir, runsDir) => {
    const batch = await make(dir, runsDir, { n: [0, 1, 0, 0] });
    const result = await run(batch, { failFast: true });
    assert.deepEqual([result.completed, result.failed, result.pending], [1, 1, 2]);
    // The next one was staged while the other ran, or was not.
    const known = (await statuses(runsDir)).map((status) =>
      status.replace("staged", "initialized")
    );
    assert.deepEqual(known, [
      ...["t.sh completed", "t.sh error", "t.sh initialized", "t.sh initialized", "t.sh+ error"],
    ]);
  });
});

for (const reason of ["SIGINT", "SIGTERM", "SIGHUP", "enough"] as const) {
  test(`an interruption by ${reason} ends what runs and leaves the rest pending`, async () => {
    await withProject({ "t.sh": "n=0\necho $n\nexec sleep 60\n" }, async (dir, runsDir) => {
      const batch = await make(dir, runsDir, { n: [1, 2, 3] });
      const abort = new AbortController();
      const ready = new Set<string>();
      const onOutput = ({ run }: Job) => {
        if (ready.add(run.id).size === 2) abort.abort(reason);
      };
      const told: string[] = [];
      const result = await run(batch, {
        jobs: 2,
        scheduler: localScheduler({ onOutput, grace: 1000 }),
        signal: abort.signal,
        onEnd: (_, __, { reason }) => void told.push(reason),
      });
      assert.deepEqual([result.completed, result.failed, result.pending], [0, 2, 1]);
      assert.equal(await runStatus(batch.run), "terminated");
      const name = reason === "enough" ? "SIGINT" : reason;
      const code = -constants.signals[name];
      assert.equal(await runMeta.readExit(batch.run), code);
      for (const { id } of batch.trials.slice(0, 2)) {
        assert.equal(await runMeta.readExit(await openRun(id, { runsDir })), code);
      }
      assert.deepEqual(told, Array(2).fill(`was interrupted by ${name}`));
    });
  });
}

test("a trial that cannot be staged has failed", async () => {
  await withProject({ "t.sh": "n=0\necho $n\n" }, async (dir, runsDir) => {
    const batch = await make(dir, runsDir, { n: [1, 2] });
    const reasons: string[] = [];
    const broken = { ...batch.trials[0].plan.opdef.data, script: "gone.sh" };
    const [first, second] = batch.trials;
    const opdef = { ...first.plan.opdef, data: broken };
    const changed = { ...batch, trials: [{ ...first, plan: { ...first.plan, opdef } }, second] };
    const result = await run(changed, { onEnd: (_, __, { reason }) => reasons.push(reason) });
    assert.deepEqual([result.completed, result.failed], [1, 1]);
    assert.match(reasons[0], /gone\.sh/);
  });
});

test("nothing is made if a value of any trial is wrong", async () => {
  await withProject(
    { "t.sh": 'case "$1" in --n) N="$2"; shift 2;;\nesac\n' },
    async (dir, runsDir) => {
      const declared = { name: "t", data: { flags: { n: { choices: [1, 2] } } } };
      const operation = await scriptOperation(dir, "t.sh", { declared });
      const values = { n: [1, 3] };
      const trials = [{ n: 1 }, { n: 3 }];
      await assert.rejects(
        makeBatch(runsDir, { projectDir: dir, operation, values, trials }),
        /Cannot set flag 'n' to 3: it is one of 1, 2/,
      );
      assert.deepEqual(readdirSync(runsDir), []);
    },
  );
});

test("a run whose source code has a batch.json is no batch", async () => {
  await withProject({}, async (_, runsDir) => {
    const run = await makeRun(runsDir, { opref: { namespace: "demo", name: "train" } });
    writeFileSync(join(run.runDir, "batch.json"), "{}");
    assert.equal(isBatch(run), false);
    assert.throws(() => readBatch(run), /is not a batch: there are no trials in '.*batch\.json'/);
  });
});

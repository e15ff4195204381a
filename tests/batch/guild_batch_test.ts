import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Batch, type BatchLayout, readBatch } from "../../lib/batch/batch.ts";
import { localScheduler } from "../../lib/batch/local_scheduler.ts";
import { makeBatch } from "../../lib/batch/make_batch.ts";
import { runBatch } from "../../lib/batch/run_batch.ts";
import { stageTrials } from "../../lib/batch/stage_trials.ts";
import { expandTrials } from "../../lib/guild/expand_trials.ts";
import { scriptOperation } from "../../lib/guild/script_operation.ts";
import { runMeta } from "../../lib/meta/run_meta.ts";
import { openRun } from "../../lib/run/open_run.ts";
import { runStatus } from "../../lib/run/run_status.ts";
import { batchTrials } from "../../lib/store/batch_trials.ts";
import { listRuns } from "../../lib/store/list_runs.ts";
import type { Config } from "../../lib/types.ts";
import { withProject } from "./_support.ts";

const ARGS = 'while [ $# -gt 0 ]; do\ncase "$1" in --n) N="$2"; shift;;\nesac\nshift\ndone\n';
const LAYOUTS: readonly BatchLayout[] = ["guild", "guild-2019"];

interface Made {
  readonly layout: BatchLayout;
  readonly values: Config;
  readonly script?: string;
}

async function make(projectDir: string, runsDir: string, made: Made): Promise<Batch> {
  const { layout, values, script = "t.sh" } = made;
  const operation = await scriptOperation(projectDir, script);
  const { trials } = expandTrials(values, { flags: operation.flags });
  return await makeBatch(runsDir, { projectDir, operation, values, trials, layout });
}

const run = (batch: Batch) => runBatch(batch, { scheduler: localScheduler() });

for (const layout of LAYOUTS) {
  test(`${layout}: a batch has a prototype, and trials that are linked there and back`, async () => {
    await withProject({ "t.sh": `${ARGS}printf "$N"\n` }, async (dir, runsDir) => {
      const batch = await make(dir, runsDir, { layout, values: { n: [3, 1] } });
      assert.equal(await runStatus(batch.run), "pending");
      const result = await run(batch);
      assert.deepEqual([result.completed, result.failed, result.pending], [2, 0, 0]);
      assert.deepEqual(batchTrials(batch.run).sort(), batch.trials.map(({ id }) => id).sort());
      for (const [i, { id }] of batch.trials.entries()) {
        const trial = await openRun(join(runsDir, id));
        assert.equal(await runStatus(trial), "completed");
        assert.equal(await runMeta.readOutput(trial, "40_run"), String([3, 1][i]));
        assert.deepEqual(await runMeta.readConfig(trial), { n: [3, 1][i] });
        assert.equal((await runMeta.readUserAttributes(trial)).label, `n=${[3, 1][i]}`);
        assert.equal((await runMeta.readSystemAttributes(trial)).batch, batch.run.id);
        const link = readlinkSync(join(batch.run.runDir, id));
        assert.equal(link, layout === "guild" ? join("..", id) : join(runsDir, id));
      }
      const { metaDir } = batch.run;
      const announced = (index: number) =>
        `INFO: [guild] Running ${
          layout === "guild" ? `trial ${batch.trials[index].id}: ` : ""
        }t.sh (n=${[3, 1][index]})`;
      const lines = await runMeta.readOutputLines(batch.run, "40_run");
      assert.deepEqual(lines.map(({ stream, text }) => [stream, text]), [
        ["err", announced(0)],
        ["out", "3"],
        ["err", announced(1)],
        ["out", "1"],
      ]);
      assert.ok(existsSync(join(metaDir, "proto/.guild/PENDING")));
      assert.equal(existsSync(join(metaDir, "batch.json")), layout === "guild");
      assert.ok(!existsSync(join(metaDir, "LOCK")));
      const { runs, warnings } = await listRuns(runsDir);
      assert.deepEqual(warnings, []);
      assert.deepEqual(runs.map(({ opref, status }) => `${opref?.name} ${status}`), [
        ...["t.sh completed", "t.sh completed", "t.sh+ completed"],
      ]);
    });
  });

  test(`${layout}: flags in the source are set in each trial's copy`, async () => {
    await withProject({ "t.sh": "n=0\necho $n\n" }, async (dir, runsDir) => {
      const batch = await make(dir, runsDir, { layout, values: { n: [1, 2] } });
      writeFileSync(join(dir, "t.sh"), "echo changed since\n");
      await run(batch);
      for (const [i, { id }] of batch.trials.entries()) {
        assert.equal(readFileSync(join(runsDir, id, "t.sh"), "utf8"), `n=${i + 1}\necho $n\n`);
      }
      const proto = join(batch.run.metaDir, "proto/t.sh");
      assert.equal(readFileSync(proto, "utf8"), "n=0\necho $n\n");
    });
  });

  test(`${layout}: a failed trial gets a new run when the batch is resumed`, async () => {
    await withProject(
      { "t.sh": "n=0\nok=no\n[ $n != 2 ] || [ -e $ok ]\n" },
      async (dir, runsDir) => {
        const ok = join(dir, "ok");
        const batch = await make(dir, runsDir, { layout, values: { n: [1, 2], ok } });
        const first = await run(batch);
        assert.deepEqual([first.completed, first.failed], [1, 1]);
        assert.equal(await runStatus(batch.run), "error");
        writeFileSync(ok, "");
        const second = await run(readBatch(batch.run));
        assert.deepEqual([second.completed, second.failed], [2, 0]);
        assert.deepEqual(second.batch.trials[1].replaces, [batch.trials[1].id]);
        assert.equal(second.batch.trials[0].id, batch.trials[0].id);
        assert.equal(await runStatus(batch.run), "completed");
        assert.deepEqual(
          batchTrials(batch.run).sort(),
          second.batch.trials.map(({ id }) => id).sort(),
        );
      },
    );
  });

  test(`${layout}: staged trials wait for somebody to start them`, async () => {
    await withProject({ "t.sh": "n=0\necho $n\n" }, async (dir, runsDir) => {
      const batch = await make(dir, runsDir, { layout, values: { n: [1, 2] } });
      await stageTrials(batch);
      const { runs } = await listRuns(runsDir);
      const status = layout === "guild" ? "staged" : "pending";
      assert.deepEqual(runs.map((info) => info.status).sort(), ["pending", status, status].sort());
      const { completed } = await run(readBatch(batch.run));
      assert.equal(completed, 2);
    });
  });
}

test("a batch that came from a file has its rows in the prototype", async () => {
  await withProject({ "t.sh": "n=0\necho $n\n" }, async (dir, runsDir) => {
    const operation = await scriptOperation(dir, "t.sh");
    const init = { projectDir: dir, operation, values: {}, trials: [{ n: 1 }, { n: 2 }] };
    const batch = await makeBatch(runsDir, { ...init, layout: "guild" });
    const trials = join(batch.run.metaDir, "proto/.guild/attrs/trials");
    assert.equal(readFileSync(trials, "utf8"), "- 'n': 1\n- 'n': 2\n");
    assert.deepEqual(readdirSync(join(batch.run.metaDir, "proto")).sort(), [".guild", "t.sh"]);
  });
});

test("a batch whose runs are inside its project has no copy of them", async () => {
  await withProject({ "t.sh": "n=0\necho $n\n" }, async (dir, runsDir) => {
    const inside = join(dir, "runs");
    mkdirSync(inside);
    const batch = await make(dir, inside, { layout: "guild", values: { n: [1] } });
    assert.ok(!existsSync(join(batch.run.metaDir, "proto/runs")));
    assert.deepEqual(readdirSync(runsDir), []);
  });
});

/** Runs a batch until somebody kills this process: `_killed.ts PROJECT RUNS COUNT LAYOUT`. */
import type { BatchLayout } from "../../lib/batch/batch.ts";
import { localScheduler } from "../../lib/batch/local_scheduler.ts";
import { makeBatch } from "../../lib/batch/make_batch.ts";
import { runBatch } from "../../lib/batch/run_batch.ts";
import { expandTrials } from "../../lib/guild/expand_trials.ts";
import { scriptOperation } from "../../lib/guild/script_operation.ts";

const [projectDir, runsDir, count, layout] = process.argv.slice(2);
const operation = await scriptOperation(projectDir, "t.sh");
const values = { n: Array.from({ length: Number(count) }, (_, i) => i + 1) };
const { trials } = expandTrials(values);
const batch = await makeBatch(runsDir, {
  ...{ projectDir, operation, values, trials, layout: layout as BatchLayout },
});
await runBatch(batch, { scheduler: localScheduler(), jobs: 2 });

/**
 * Batches in Runlit's own layout.
 *
 * @module
 */

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { newRunId } from "../meta/new_run_id.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import { logRunner } from "../meta/runner_log.ts";
import { runName } from "../meta/run_name.ts";
import { ZipError } from "../meta/zip/zip_error.ts";
import { nextTimestamp } from "../meta/timestamps.ts";
import { finalizeRun } from "../run/finalize_run.ts";
import { initRunMeta } from "../run/init_run_meta.ts";
import { makeRun } from "../run/make_run.ts";
import { openRun } from "../run/open_run.ts";
import { runStatus } from "../run/run_status.ts";
import { stageRun } from "../run/stage_run.ts";
import type { Run } from "../types.ts";
import { type Batch, batchRunsDir, type BatchTrial } from "./batch.ts";
import type { TrialLayout } from "./trial_layout.ts";

/** Runs with their meta beside them. */
export const jsonLayout: TrialLayout = {
  newId: newRunId,
  locate,
  status: async (batch, trial) => {
    const { metaDir } = locate(batch, trial);
    if (!existsSync(metaDir) && !existsSync(`${metaDir}.zip`)) return "missing";
    try {
      return await runStatus(metaDir);
    } catch (error) {
      // A power failure can leave a zip that was not flushed yet.
      if (error instanceof ZipError) return "lost";
      throw error;
    }
  },
  make: async (batch, trial) => {
    const { runDir, metaDir } = locate(batch, trial);
    for (const path of [runDir, metaDir]) rmSync(path, { recursive: true, force: true });
    const { plan } = trial;
    const run = await makeRun(batchRunsDir(batch), { id: trial.id });
    await initRunMeta(run, { ...plan, systemAttrs: { batch: batch.run.id } });
    return { ...run, opref: plan.opref };
  },
  stage: async (batch, trial, run, options) => {
    const { depends, exec } = trial.plan.opdef.data;
    const needsProject = depends !== undefined ||
      (typeof exec === "object" && exec !== null && !Array.isArray(exec));
    await stageRun(run, needsProject ? batch.projectDir : join(batch.run.runDir, "proto"), options);
  },
  leave: () => {},
  finish: async (batch, trial) => {
    const run = await openRun(join(batchRunsDir(batch), trial.id));
    if (!run.metaDir.endsWith(".zip")) await finalizeRun(run);
  },
  records: (batch, trial) => [`${locate(batch, trial).metaDir}.zip`],
  start: ({ run }) => {
    if (!markStarted(run)) logRunner(run, "Resuming trials");
  },
  stop: ({ run }, code) => logRunner(run, `Exit code for run: ${code}`),
  seal: async ({ run }) => {
    await finalizeRun(run);
  },
  announce: () => null,
  collect: () => {},
};

function locate(batch: Batch, { id, plan }: BatchTrial): Run {
  const runDir = join(batchRunsDir(batch), id);
  return { id, name: runName(id), runDir, metaDir: `${runDir}.meta`, opref: plan.opref };
}

function markStarted(run: Run): boolean {
  try {
    writeFileAtomicSync(runMetaPath(run, "started"), String(nextTimestamp()), {
      mode: 0o444,
      exclusive: true,
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

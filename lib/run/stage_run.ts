/**
 * Stages a run.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { RunStateError } from "../errors.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import { logRunner } from "../meta/runner_log.ts";
import type { Run } from "../types.ts";
import { checkInterrupted } from "./_check_interrupted.ts";
import { clearStaging } from "./_clear_staging.ts";
import type { Digests } from "./_digests.ts";
import { type LockOptions, withLock } from "./_with_lock.ts";
import { requireMetaDir, requireProjectDir, requireRunDir } from "./_require.ts";
import { applyConfig } from "./apply_config.ts";
import { copySourcecode, type CopySourcecodeOptions } from "./copy_sourcecode.ts";
import { finalizeStagedRun } from "./finalize_staged_run.ts";
import { initRuntime } from "./init_runtime.ts";
import { resolveDeps } from "./resolve_deps.ts";

/**
 * Stages a run: puts everything its command needs into the run directory, in five steps.
 *
 * {@link copySourcecode}, {@link applyConfig}, {@link initRuntime}, {@link resolveDeps} and
 * {@link finalizeStagedRun}, in this order: config is applied to source code, a runtime may need
 * configured source code, and dependencies may need a runtime. A staged run needs its project no
 * longer: both its directories may be moved to another compatible system and started there.
 *
 * When a step fails, staging stops. The run stays readable, and can be staged again: that begins
 * with an empty run directory.
 *
 * @throws {NotFoundError} `Run dir does not exist: …` or `Run meta dir does not exist: …`.
 * @throws {RunStateError} The run is staged already, or `options.signal` has aborted.
 * @throws {LockError} Another process works on the run.
 * @throws {PhaseError} The command of a phase failed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { initRunMeta } from "runlit/init-run-meta";
 * import { makeRun } from "runlit/make-run";
 * import { stageRun } from "runlit/stage-run";
 *
 * const dir = mkdtempSync(join(tmpdir(), "project-"));
 * writeFileSync(join(dir, "train.py"), "lr = 0.1\n");
 * mkdirSync(join(dir, "runs"));
 * const run = await makeRun(join(dir, "runs"), { opref: { namespace: "demo", name: "train" } });
 * await initRunMeta(run, {
 *   opdef: { name: "train", data: { config: "train.py" } },
 *   config: { lr: 0.5 },
 *   cmd: { args: ["python3", "train.py"], env: {} },
 * });
 *
 * await stageRun(run, dir);
 * assert.equal(readFileSync(join(run.runDir, "train.py"), "utf8"), "lr = 0.5\n");
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function stageRun(
  run: Run,
  projectDir: string,
  options: CopySourcecodeOptions = {},
): Promise<void> {
  requireRunDir(run);
  requireMetaDir(run);
  requireProjectDir(projectDir);
  await withLock(run, {}, async (lock) => {
    if (existsSync(runMetaPath(run, "staged"))) {
      throw new RunStateError(`Cannot stage run '${run.id}': it is staged already`, run);
    }
    try {
      await stage(run, projectDir, { ...options, lock });
    } catch (error) {
      logRunner(run, `Staging failed: ${(error as Error).message}`);
      throw error;
    }
  });
}

async function stage(
  run: Run,
  projectDir: string,
  options: CopySourcecodeOptions & LockOptions,
): Promise<void> {
  const { signal } = options;
  const digests: Digests = new Map();
  const all = { ...options, digests };
  clearStaging(run);
  await copySourcecode(run, projectDir, all);
  await checkInterrupted(run, signal);
  await applyConfig(run, { digests });
  await initRuntime(run, projectDir, all);
  await checkInterrupted(run, signal);
  await resolveDeps(run, projectDir, all);
  await checkInterrupted(run, signal);
  await finalizeStagedRun(run, all);
}

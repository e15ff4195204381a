/**
 * Finalizes a run.
 *
 * @module
 */

import { existsSync, readFileSync, statSync } from "node:fs";
import { RunStateError } from "../errors.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { lockState } from "../meta/lock_state.ts";
import { encodePythonJson } from "../meta/python_json.ts";
import { readOpdef } from "../meta/read_opdef.ts";
import { runMetaDir, runMetaPath } from "../meta/run_paths.ts";
import { logRunner, parseRunnerLog } from "../meta/runner_log.ts";
import { sealMeta } from "../meta/seal_meta.ts";
import type { OpDef, Run } from "../types.ts";
import { executePhase } from "./_execute_phase.ts";
import { finalManifest } from "./_final_manifest.ts";
import { logChangedFiles } from "./_log_files.ts";
import { makeFilesReadOnly } from "./_make_files_read_only.ts";
import { requireMetaDir, requireRunDir } from "./_require.ts";
import { findRunSummary } from "./_run_summary.ts";
import type { PhaseOptions } from "./phase_options.ts";

/**
 * Finalizes a run that is over: its exit code, its summary and when it stopped are recorded, its
 * `finalize` command is executed, the files it generated go into the manifest, all files become
 * read-only, and the meta is sealed in a zip. Returns the sealed run.
 *
 * A run whose runner died is finalized too: without an exit code its status is `lost`. Called again
 * after an interruption, it finishes the job.
 *
 * @throws {RunStateError} The run was not started, or is running.
 * @throws {PhaseError} The `finalize` command failed; the run is not sealed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { existsSync, mkdtempSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { execRun } from "runlit/exec-run";
 * import { finalizeRun } from "runlit/finalize-run";
 * import { initRunMeta } from "runlit/init-run-meta";
 * import { makeRun } from "runlit/make-run";
 * import { runStatus } from "runlit/run-status";
 * import { stageRun } from "runlit/stage-run";
 *
 * const dir = mkdtempSync(join(tmpdir(), "runs-"));
 * const run = await makeRun(dir, { opref: { namespace: "demo", name: "hello" } });
 * const cmd = { args: ["echo", "hello"], env: {} };
 * await initRunMeta(run, { opdef: { name: "hello", data: {} }, cmd });
 * await stageRun(run, dir);
 * await execRun(run);
 *
 * const sealed = await finalizeRun(run);
 * assert.equal(sealed.metaDir, `${run.runDir}.meta.zip`);
 * assert.equal(existsSync(run.metaDir), false);
 * assert.equal(await runStatus(sealed), "completed");
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function finalizeRun(run: Run, options: PhaseOptions = {}): Promise<Run> {
  requireRunDir(run);
  requireMetaDir(run);
  await requireOver(run);
  const opdef = await readOpdef(run);
  // What happens below changes the log's time, which tells when the command ended.
  const stopped = stoppedTime(run);

  await recordSummary(run, opdef);
  recordExit(run);
  record(run, "stopped", String(stopped));
  await executePhase(run, opdef, "finalize", options);

  logRunner(run, "Finalizing run files (see manifest)");
  await logChangedFiles(run, "g");
  await finalManifest(run);
  await makeFilesReadOnly(run);
  return { ...run, metaDir: await sealMeta(runMetaDir(run)) };
}

async function requireOver(run: Run): Promise<void> {
  if (!existsSync(runMetaPath(run, "started"))) {
    throw new RunStateError(`Cannot finalize run '${run.id}': it was not started`, run);
  }
  if (lockState(run) === "alive") {
    throw new RunStateError(`Cannot finalize run '${run.id}': it is still running`, run);
  }
}

async function recordSummary(run: Run, opdef: OpDef): Promise<void> {
  if (existsSync(runMetaPath(run, "summary.json"))) return;
  const summary = await findRunSummary(run, opdef);
  const data = encodePythonJson(summary, { indent: 2, sortKeys: true, what: "summary" });
  record(run, "summary.json", data, "summary");
}

/** The exit code has to be there before `stopped`: a stopped run without one would be lost. */
function recordExit(run: Run): void {
  const exit = loggedExit(run);
  if (exit === null) logRunner(run, "The run's exit code is not known: its runner ended before it");
  else record(run, "proc/exit", exit.code);
}

function record(run: Run, name: string, data: string, what = name): void {
  const path = runMetaPath(run, name);
  if (existsSync(path)) return;
  logRunner(run, `Writing meta ${what}`);
  const durable = name === "proc/exit" || name === "stopped";
  writeFileAtomicSync(path, data, { mode: 0o444, durable });
}

/**
 * When the command ended, in microseconds: the exit is the last thing that the log was told, and
 * the time of the log's last change is finer than the seconds it has.
 */
function stoppedTime(run: Run): number {
  const changed = Math.round(statSync(runMetaPath(run, "log", "runner")).mtimeMs * 1000);
  const logged = loggedExit(run)?.time ?? 0;
  return changed - logged < 2_000_000 || logged === 0 ? changed : logged;
}

/** The exit code that the log has for the run's command, and when it was logged (microseconds). */
function loggedExit(run: Run): { code: string; time: number } | null {
  const log = parseRunnerLog(readFileSync(runMetaPath(run, "log", "runner"), "utf8"));
  for (const { date, message } of log.reverse()) {
    const match = /^Exit code for run: (-?\d+)$/.exec(message);
    const iso = date.replace(/(\d\d)(\d\d)$/, "$1:$2");
    if (match !== null) return { code: match[1], time: Date.parse(iso) * 1000 };
  }
  return null;
}

/**
 * Finalizes a run.
 *
 * @module
 */

import { existsSync, readFileSync, statSync } from "node:fs";
import { RunStateError } from "../errors.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { lockState, readLock } from "../meta/lock_state.ts";
import { metaSource } from "../meta/meta_source.ts";
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
import { requireRunDir } from "./_require.ts";
import { findRunSummary } from "./_run_summary.ts";
import { orphanedCommand } from "./orphaned_command.ts";
import { type LockOptions, withLock } from "./_with_lock.ts";
import type { PhaseOptions } from "./phase_options.ts";

/**
 * Finalizes a run that is over: its exit code, its summary and when it stopped are recorded, its
 * `finalize` command is executed, the files it generated go into the manifest, all files become
 * read-only, and the meta is sealed in a zip. Returns the sealed run.
 *
 * A run whose runner died is finalized too: without an exit code its status is `lost`. Called again
 * after an interruption, it finishes the job; a run that is sealed stays as it is.
 *
 * @throws {RunStateError} The run was not started, or is running; or `signal` aborted while its files
 * were hashed, and it is to be finalized again.
 * @throws {LockError} Another process works on the run.
 * @throws {PhaseError} The `finalize` command failed; the run is not sealed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { existsSync, mkdtempSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
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
  const seal = async () => ({ ...run, metaDir: await sealMeta(runMetaDir(run)) });
  // With a directory beside the zip, its removal was interrupted: sealing does what is left of it.
  if (metaSource(run).isZip) return await seal();
  requireOver(run);
  return await withLock(run, {}, async (lock) => {
    await finalize(run, { ...options, lock });
    return await seal();
  });
}

async function finalize(run: Run, options: PhaseOptions & LockOptions): Promise<void> {
  const opdef = await readOpdef(run);
  // What happens below changes the log's time, which tells when the command ended.
  const { exit, stopped } = commandEnd(run);
  await recordSummary(run, opdef);
  // Before `stopped`: a stopped run without an exit code would be lost.
  if (exit !== null) record(run, "proc/exit", exit);
  else logRunner(run, "The run's exit code is not known: its runner ended before it");
  record(run, "stopped", String(stopped));
  await executePhase(run, opdef, "finalize", options);

  logRunner(run, "Finalizing run files (see manifest)");
  await logChangedFiles(run, "g", options);
  await finalManifest(run, options);
  await makeFilesReadOnly(run);
}

function requireOver(run: Run): void {
  const refuse = (why: string) => {
    throw new RunStateError(`Cannot finalize run '${run.id}': ${why}`, run);
  };
  if (!existsSync(runMetaPath(run, "started"))) refuse("it was not started");
  const state = lockState(run);
  if (state === "free" || commandEnd(run).exit !== null) return;
  if (state === "alive") refuse("it is still running");
  if (state === "foreign") {
    const { holder } = readLock(run)!;
    refuse(`it is running on '${holder!.host}', or was: if it has ended, remove 'proc/lock'`);
  }
  const pid = orphanedCommand(run);
  if (pid === null) return;
  refuse(`its command is still running, without its runner; end it with: kill -- -${pid}`);
}

async function recordSummary(run: Run, opdef: OpDef): Promise<void> {
  if (existsSync(runMetaPath(run, "summary.json"))) return;
  const summary = await findRunSummary(run, opdef);
  const data = encodePythonJson(summary, { indent: 2, sortKeys: true, what: "summary" });
  record(run, "summary.json", data, "summary");
}

function record(run: Run, name: string, data: string, what = name): void {
  const path = runMetaPath(run, name);
  if (existsSync(path)) return;
  logRunner(run, `Writing meta ${what}`);
  const durable = name === "proc/exit" || name === "stopped";
  writeFileAtomicSync(path, data, { mode: 0o444, durable });
}

/**
 * How the run's command ended, as the log has it, and when, in microseconds. The exit is the last
 * thing that the log was told, and the time of its last change is finer than the seconds it has.
 */
function commandEnd(run: Run): { exit: string | null; stopped: number } {
  const path = runMetaPath(run, "log", "runner");
  const changed = Math.round(statSync(path).mtimeMs * 1000);
  const log = parseRunnerLog(readFileSync(path, "utf8"));
  const found = log.findLast(({ message }) => EXIT.test(message));
  if (found === undefined) return { exit: null, stopped: changed };
  const logged = Date.parse(found.date.replace(/(\d\d)(\d\d)$/, "$1:$2")) * 1000;
  const exit = EXIT.exec(found.message)![1];
  return { exit, stopped: changed - logged < 2_000_000 ? changed : logged };
}

const EXIT = /^Exit code for run: (-?\d+)$/;

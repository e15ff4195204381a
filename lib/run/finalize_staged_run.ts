/**
 * Finalizes the staging of a run.
 *
 * @module
 */

import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { readOpdef } from "../meta/read_opdef.ts";
import { logRunner } from "../meta/runner_log.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import { nextTimestamp } from "../meta/timestamps.ts";
import type { Run } from "../types.ts";
import { linkedDigests } from "./_dependency_record.ts";
import type { DigestOptions } from "./_digests.ts";
import { makeFilesReadOnly } from "./_make_files_read_only.ts";
import type { PhaseOptions } from "./phase_options.ts";
import { requireMetaDir, requireRunDir } from "./_require.ts";
import { writablePaths } from "./_writable_paths.ts";
import { writeManifest } from "./_write_manifest.ts";

/** Options of {@link finalizeStagedRun}. */
export type FinalizeStagedRunOptions = DigestOptions & Pick<PhaseOptions, "signal" | "onProgress">;

/**
 * Ends the staging of a run: its files become read-only, the manifest is written, and the run is
 * marked as staged.
 *
 * Files keep their executable bit. Those that the operation's `writable` patterns match stay
 * writable: checkpoints that are continued, a database that the command updates. The manifest has
 * them all, with type (`s` source code, `r` runtime, `d` dependency), SHA-256 and path.
 *
 * @example Read-only, but for what is writable
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { finalizeStagedRun } from "runlit/finalize-staged-run";
 * import { initRunMeta } from "runlit/init-run-meta";
 * import { makeRun } from "runlit/make-run";
 *
 * const dir = mkdtempSync(join(tmpdir(), "runs-"));
 * const run = await makeRun(dir, { opref: { namespace: "demo", name: "train" } });
 * const opdef = { name: "train", data: { writable: ["*.db"] } };
 * await initRunMeta(run, { opdef, cmd: { args: ["true"], env: {} } });
 * for (const name of ["a.txt", "a.db"]) writeFileSync(join(run.runDir, name), "");
 *
 * await finalizeStagedRun(run);
 * const writable = (name: string) => (statSync(join(run.runDir, name)).mode & 0o200) !== 0;
 * assert.deepEqual([writable("a.txt"), writable("a.db")], [false, true]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function finalizeStagedRun(
  run: Run,
  options: FinalizeStagedRunOptions = {},
): Promise<void> {
  requireRunDir(run);
  requireMetaDir(run);
  const isWritable = writablePaths(await readOpdef(run));
  await makeFilesReadOnly(run, (path) => !isWritable(path));
  logRunner(run, "Finalizing staged files (see manifest)");
  const linked = linkedDigests(run);
  const { digests, signal, onProgress } = options;
  const known = (path: string) => linked.get(path) ?? digests?.get(path);
  await writeManifest(run, known, { signal, onProgress, what: "Staging" });
  logRunner(run, "Writing meta staged");
  writeFileAtomicSync(runMetaPath(run, "staged"), String(nextTimestamp()), {
    mode: 0o444,
    durable: true,
  });
}

/**
 * Applies config to the source code of a run.
 *
 * @module
 */

import { lstatSync } from "node:fs";
import { join } from "node:path";
import { configChanges } from "../config/config_changes.ts";
import { ConfigError } from "../config/config_error.ts";
import { listConfigKeys } from "../config/list_config_keys.ts";
import { patchConfigFile, type PatchedConfigFile } from "../config/patch_config_file.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { readRunConfig } from "../meta/read_run_config.ts";
import { readOpdef } from "../meta/read_opdef.ts";
import { patchFlags, scriptOf } from "../guild/patch_flags.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import { logRunner } from "../meta/runner_log.ts";
import type { Run } from "../types.ts";
import type { DigestOptions } from "./_digests.ts";
import { linkOut } from "./_link_out.ts";
import { logChangedFiles } from "./_log_files.ts";
import { requireMetaDir, requireRunDir } from "./_require.ts";

/** Options of {@link applyConfig}. */
export type ApplyConfigOptions = DigestOptions;

/**
 * Writes the run's config values into its copies of source files.
 *
 * The operation's `config` says which values of which files can be set; flags of a script go to the
 * script, or to its arguments. Exactly a value's bytes
 * change: formatting, comments, quotes and line endings stay. What changed goes to `log/patched`
 * as a unified diff. Every file is patched before the first is written.
 *
 * @throws {ConfigError} A key matches nothing, is ambiguous, or the file cannot hold the value; the
 * message names file and key.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { applyConfig } from "runlit/apply-config";
 * import { initRunMeta } from "runlit/init-run-meta";
 * import { makeRun } from "runlit/make-run";
 *
 * const dir = mkdtempSync(join(tmpdir(), "runs-"));
 * const run = await makeRun(dir, { opref: { namespace: "demo", name: "train" } });
 * await initRunMeta(run, {
 *   opdef: { name: "train", data: { config: "train.py" } },
 *   config: { lr: 0.5 },
 *   cmd: { args: ["python3", "train.py"], env: {} },
 * });
 * writeFileSync(join(run.runDir, "train.py"), "lr = 0.1  # learning rate\n");
 *
 * await applyConfig(run);
 * const source = readFileSync(join(run.runDir, "train.py"), "utf8");
 * assert.equal(source, "lr = 0.5  # learning rate\n");
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function applyConfig(run: Run, options: ApplyConfigOptions = {}): Promise<void> {
  requireRunDir(run);
  requireMetaDir(run);
  const values = await readRunConfig(run);
  if (Object.keys(values).length === 0) return;
  const opdef = await readOpdef(run);
  requireOwn(run, scriptOf(opdef));
  const { config, patched: script } = await patchFlags(opdef, run.runDir, values);
  const where = `config of operation '${opdef.name}'`;
  const keys = await listConfigKeys(run.runDir, opdef.data.config, { where });

  const patches: (PatchedConfigFile & { readonly path: string })[] = [];
  if (script !== null && script.changed.length > 0) {
    patches.push({ path: scriptOf(opdef)!, ...script });
  }
  for (const [path, values] of configChanges(keys, config)) {
    const patched = await patchConfigFile(join(run.runDir, path), values, { file: path });
    if (patched.changed.length > 0) patches.push({ path, ...patched });
  }
  logRunner(run, "Applying configuration (see log/patched)");
  if (patches.length === 0) return;
  patches.sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, bytes } of patches) {
    const file = join(run.runDir, path);
    options.digests?.delete(path);
    writeFileAtomicSync(file, bytes, { mode: lstatSync(file).mode & 0o777 });
  }
  const diff = patches.map((patch) => patch.diff).join("");
  writeFileAtomicSync(runMetaPath(run, "log", "patched"), diff, { mode: 0o644 });
  await logChangedFiles(run, "s");
}

/** A script that was replaced by a link is neither read nor written where that leads. */
function requireOwn(run: Run, script: string | null): void {
  const out = script === null ? null : linkOut(run.runDir, script);
  if (out === null) return;
  const where = out.target === null ? "nowhere" : `out of the run, to '${out.target}'`;
  const why = `'${out.link}' is a link that leads ${where}`;
  throw new ConfigError(`Cannot set flags in '${script}': ${why}`, { file: script! });
}

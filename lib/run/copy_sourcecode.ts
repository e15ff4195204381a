/**
 * Copies the source code of a run.
 *
 * @module
 */

import { resolve } from "node:path";
import { ProjectError } from "../errors.ts";
import { copyFiles } from "../files/copy_files.ts";
import { DEFAULT_FILE_PATTERNS } from "../files/default_file_patterns.ts";
import { type FileRule, parseFilePatterns } from "../files/parse_file_patterns.ts";
import { type SelectedFile, selectFiles } from "../files/select_files.ts";
import { metaLayout } from "../meta/meta_layout.ts";
import { readOpdef } from "../meta/read_opdef.ts";
import { logRunner } from "../meta/runner_log.ts";
import { leaveOutSecrets } from "../phases/scope/leave_out_secrets.ts";
import type { OpDef, Run } from "../types.ts";
import { interrupted } from "./_check_interrupted.ts";
import type { DigestOptions } from "./_digests.ts";
import { executePhase } from "./_execute_phase.ts";
import { logChangedFiles } from "./_log_files.ts";
import { pythonRepr } from "./_python_repr.ts";
import { requireMetaDir, requireProjectDir, requireRunDir } from "./_require.ts";
import { runsDirOf } from "./_runs_dir_of.ts";
import { isScopeAsked } from "./_scope_phase.ts";
import type { PhaseOptions } from "./phase_options.ts";

/** Options of {@link copySourcecode}. */
export type CopySourcecodeOptions = PhaseOptions;

/**
 * Copies the files that the operation's `sourcecode` patterns select from the project to the run
 * directory, then executes its `stage-sourcecode` command, if it has one. Whatever appears is
 * logged as source code.
 *
 * The runs directory is never copied, wherever it is. Files that cannot be copied as they are
 * (a named pipe, a link that leaves the project, a name that is not UTF-8) are passed over with a
 * warning, and so are `.env` files that no pattern names, where phases are scoped.
 *
 * @throws {PhaseError} The command failed.
 * @throws {Error} A pattern is wrong, or a selected file cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { copySourcecode } from "runlit/copy-sourcecode";
 * import { initRunMeta } from "runlit/init-run-meta";
 * import { makeRun } from "runlit/make-run";
 *
 * const dir = mkdtempSync(join(tmpdir(), "project-"));
 * writeFileSync(join(dir, "train.py"), "print('hi')\n");
 * writeFileSync(join(dir, "notes.md"), "");
 * mkdirSync(join(dir, "runs"));
 * const run = await makeRun(join(dir, "runs"), { opref: { namespace: "demo", name: "train" } });
 * const opdef = { name: "train", data: { sourcecode: ["*.py"] } };
 * await initRunMeta(run, { opdef, cmd: { args: ["python3", "train.py"], env: {} } });
 *
 * await copySourcecode(run, dir);
 * assert.deepEqual(readdirSync(run.runDir), ["train.py"]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function copySourcecode(
  run: Run,
  projectDir: string,
  options: CopySourcecodeOptions = {},
): Promise<void> {
  requireRunDir(run);
  requireMetaDir(run);
  requireProjectDir(projectDir);
  const opdef = await readOpdef(run);
  const rules = sourcecodeRules(opdef);
  logPatterns(run, opdef, rules);

  const exclude = [runsDirOf(run)];
  const selected = await selectFiles(resolve(projectDir), rules, { exclude });
  const { files, warnings } = isScopeAsked(opdef, options)
    ? leaveOutSecrets(selected, rules)
    : selected;
  for (const { message } of warnings) {
    logRunner(run, `Warning: ${message}`);
    options.onWarning?.(message);
  }
  await copy(run, files, options);
  await executePhase(run, opdef, "sourcecode", { ...options, projectDir });
  await logChangedFiles(run, "s", options);
}

/** Large projects take a while: the copy ends when it is asked to. */
async function copy(
  run: Run,
  files: readonly SelectedFile[],
  { signal, digests }: CopySourcecodeOptions & DigestOptions,
): Promise<void> {
  try {
    const copies = await copyFiles(files, run.runDir, { signal, hash: digests !== undefined });
    for (const [path, { sha256 }] of copies) digests?.set(path, sha256!);
  } catch (error) {
    throw signal?.aborted ? interrupted(run, signal) : error;
  }
}

/** The rules by which an operation's source code is selected. */
export function sourcecodeRules(opdef: OpDef): FileRule[] {
  try {
    return parseFilePatterns(opdef.data.sourcecode);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new ProjectError(`Cannot select source code of '${opdef.name}': ${why}`, undefined, {
      cause,
    });
  }
}

function logPatterns(run: Run, opdef: OpDef, rules: readonly FileRule[]): void {
  const patterns = rules.map((rule) => rule.pattern);
  if (metaLayout(run) === "json") {
    logRunner(run, `Copying source code (see log/files): ${pythonRepr(patterns)}`);
  } else if (usesDefaults(opdef)) {
    logRunner(run, "Copying source code (see log/files for details)");
    const include = patterns.filter((pattern) => !pattern.startsWith("-"));
    const exclude = patterns.filter((pattern) => pattern.startsWith("-"));
    logRunner(run, `Source code include:\n  ${pythonRepr(include)}`);
    const list = exclude.map((pattern) => pythonRepr(pattern.replace(/^-\s*/, "")));
    logRunner(run, `Source code exclude:\n  [${list.join(",\n   ")}]`);
  } else {
    logRunner(run, `Copying source code (see log/files for details): ${pythonRepr(patterns)}`);
  }
}

function usesDefaults(opdef: OpDef): boolean {
  return parseFilePatterns(opdef.data.sourcecode).every((rule, i) =>
    rule.pattern === DEFAULT_FILE_PATTERNS[i]
  ) && opdef.data.sourcecode !== false;
}

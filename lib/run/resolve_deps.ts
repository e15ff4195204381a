/**
 * Resolves the dependencies of a run.
 *
 * @module
 */

import { lstatSync } from "node:fs";
import { homedir } from "node:os";
import { join, posix, resolve } from "node:path";
import { DependencyError } from "../errors.ts";
import { parseFilePatterns } from "../files/parse_file_patterns.ts";
import { type SelectedFile, selectFiles } from "../files/select_files.ts";
import { readOpdef } from "../meta/read_opdef.ts";
import { logRunner } from "../meta/runner_log.ts";
import type { Run } from "../types.ts";
import {
  type ResolvedDependency,
  type ResolvedFile,
  writeDependencyRecord,
} from "./_dependency_record.ts";
import type { DigestOptions } from "./_digests.ts";
import { executePhase } from "./_execute_phase.ts";
import { followedLinks, type FollowedLinksOptions, type FollowsLink } from "./_followed_links.ts";
import { interrupted } from "./_check_interrupted.ts";
import { otherFiles, placeDependency } from "./_place_dependency.ts";
import { logChangedFiles } from "./_log_files.ts";
import { type Dependency, parseDependencies } from "./_parse_dependencies.ts";
import { requireMetaDir, requireProjectDir, requireRunDir } from "./_require.ts";
import { runsDirOf } from "./_runs_dir_of.ts";
import { selectDependencyRun } from "./_select_dependency_run.ts";
import type { PhaseOptions } from "./phase_options.ts";

/** Options of {@link resolveDeps}. */
export type ResolveDepsOptions = PhaseOptions & DigestOptions;

/**
 * Resolves what the operation's `depends` names, then executes its `stage-dependencies` command, if
 * it has one. Whatever appears is logged as a dependency.
 *
 * A dependency is files of the project (`files`, below `from`), or of another run in the same runs
 * directory (`run-select`: an ID or a beginning of one, a name, or an operation, of which the newest
 * completed run is taken). They are copied, or linked with `link = true`; a run with links depends
 * on their targets and cannot be moved to another machine. `dependencies.json` of the meta records
 * where each file came from, and its SHA-256.
 *
 * @throws {DependencyError} A dependency is wrong, resolves to nothing, or would replace another
 * file of the run.
 * @throws {PhaseError} The command failed.
 *
 * @example A data set of the project
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { initRunMeta } from "runlit/init-run-meta";
 * import { makeRun } from "runlit/make-run";
 * import { resolveDeps } from "runlit/resolve-deps";
 *
 * const dir = mkdtempSync(join(tmpdir(), "project-"));
 * mkdirSync(join(dir, "data"));
 * writeFileSync(join(dir, "data", "iris.csv"), "5.1,3.5,1.4,0.2,setosa\n");
 * mkdirSync(join(dir, "runs"));
 * const run = await makeRun(join(dir, "runs"), { opref: { namespace: "demo", name: "train" } });
 * const opdef = { name: "train", data: { depends: ["data/*.csv"] } };
 * await initRunMeta(run, { opdef, cmd: { args: ["true"], env: {} } });
 *
 * await resolveDeps(run, dir);
 * assert.deepEqual(readdirSync(join(run.runDir, "data")), ["iris.csv"]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function resolveDeps(
  run: Run,
  projectDir: string,
  options: ResolveDepsOptions = {},
): Promise<void> {
  requireRunDir(run);
  requireMetaDir(run);
  requireProjectDir(projectDir);
  const opdef = await readOpdef(run);
  const resolved: ResolvedDependency[] = [];
  const taken = await otherFiles(run);
  for (const dependency of parseDependencies(opdef)) {
    const found = await resolveDependency(run, dependency, taken, {
      ...options,
      opdef,
      projectDir: resolve(projectDir),
    });
    for (const { path, sha256, link } of found.files) {
      taken.add(path);
      if (!link) options.digests?.set(path, sha256);
    }
    resolved.push(found);
  }
  if (resolved.length > 0) writeDependencyRecord(run, resolved);
  const executed = await executePhase(run, opdef, "dependencies", { ...options, projectDir });
  if (executed || resolved.length > 0) await logChangedFiles(run, "d", options);
}

/** The name that early Gage's documents have for {@link resolveDeps}. */
export const copyDeps: typeof resolveDeps = resolveDeps;

async function resolveDependency(
  run: Run,
  dependency: Dependency,
  taken: ReadonlySet<string>,
  options: FollowedLinksOptions,
): Promise<ResolvedDependency> {
  const { type, files, from, to, link, select } = dependency;
  const { name: opName } = options.opdef;
  const other = select === null ? null : await selectDependencyRun(run, opName, select);
  const source = resolve(other?.runDir ?? options.projectDir, expandHome(from));
  const followLinks = other === null || await followedLinks(run, other, from, options);
  const selected = await selectDependencyFiles(run, source, opName, files, followLinks);

  const { signal } = options;
  const record: ResolvedFile[] = [];
  try {
    for (const { path, source: file } of selected) {
      const place = { link, taken, source: path, signal };
      record.push(await placeDependency(run, file, posix.join(to, path), place));
    }
  } catch (error) {
    throw signal?.aborted ? interrupted(run, signal) : error;
  }
  const what = other === null ? `'${source}'` : `run '${other.id}'`;
  const n = record.length;
  logRunner(run, `Resolved dependency: ${n} file${n === 1 ? "" : "s"} of ${what}`);
  const origin = other === null ? null : { id: other.id, name: other.name, opref: other.opref };
  return { type, source, run: origin, files: record };
}

async function selectDependencyFiles(
  run: Run,
  source: string,
  opName: string,
  patterns: readonly string[],
  followLinks: true | FollowsLink,
): Promise<readonly SelectedFile[]> {
  const list = patterns.map((pattern) => `'${pattern}'`).join(", ");
  if (!lstatSync(source, { throwIfNoEntry: false })) {
    throw new DependencyError(
      `Cannot resolve ${list}, a dependency of operation '${opName}': there is no '${source}'`,
    );
  }
  const exclude = source.startsWith(runsDirOf(run)) ? [] : [runsDirOf(run)];
  const { files, warnings } = await selectFiles(source, parseFilePatterns([...patterns]), {
    exclude,
    followLinks,
  });
  for (const { message } of warnings) logRunner(run, `Warning: ${message}`);
  if (files.length > 0) return files;
  throw new DependencyError(
    `Cannot resolve ${list}, a dependency of operation '${opName}': ` +
      `there is no such file in '${source}'`,
  );
}

function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}

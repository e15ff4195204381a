/**
 * Lists the runs of a runs directory.
 *
 * @module
 */

import { readdirSync } from "node:fs";
import { resolve, sep } from "node:path";
import { NotFoundError } from "../errors.ts";
import { fileError, reasonOf } from "../files/file_error.ts";
import { ZipError } from "../meta/zip/zip_error.ts";
import { runInfo } from "./_run_info.ts";
import { runContainer } from "./run_container.ts";
import type { ReadRunInfoOptions, RunInfo } from "./run_info.ts";

export type { RunInfo } from "./run_info.ts";

/** Options of {@linkcode listRuns}. */
export interface ListRunsOptions extends Omit<ReadRunInfoOptions, "onWarning"> {
  /**
   * Which runs: `active` ones, those in the `trash`, those of an archive (its ID), or all (null).
   * @default {"active"}
   */
  readonly container?: string | null;
}

/** A run that could not be read, or not all of it. */
export interface RunWarning {
  /** File or directory it is about. */
  readonly path: string;
  readonly message: string;
}

/** What {@linkcode listRuns} found. */
export interface RunList {
  /** Newest first: by the time they were started, else staged, else initialized. */
  readonly runs: RunInfo[];
  readonly warnings: RunWarning[];
}

/**
 * Lists the runs of a runs directory, newest first. There is no index: every run is looked at.
 *
 * A run that is damaged is left out and makes one warning. Runs that another process makes, seals
 * or removes meanwhile are listed as they are before or after that. Config and summary are read if
 * asked for.
 *
 * @throws {NotFoundError} The runs directory does not exist.
 *
 * @example One run, and one that is damaged
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { listRuns } from "runlit/list-runs";
 *
 * const runsDir = mkdtempSync("/tmp/example-");
 * mkdirSync(`${runsDir}/60a825b1.meta`);
 * writeFileSync(`${runsDir}/60a825b1.meta/opref`, "2 demo hello");
 * writeFileSync(`${runsDir}/deadbeef.meta.zip`, "");
 * const { runs, warnings } = await listRuns(runsDir);
 * assert.deepEqual(runs.map((run) => [run.name, run.status]), [["kafom-fikud", "unknown"]]);
 * assert.deepEqual(warnings.map((warning) => warning.path), [`${runsDir}/deadbeef.meta.zip`]);
 * rmSync(runsDir, { recursive: true });
 * ```
 */
export async function listRuns(runsDir: string, options: ListRunsOptions = {}): Promise<RunList> {
  const { container = "active", config, summary } = options;
  const root = resolve(runsDir);
  const { zips, dirs, users, moves, guild } = sortNames(readNames(root));
  const runs: RunInfo[] = [];
  const warnings: RunWarning[] = [];
  for (const id of new Set([...zips, ...dirs])) {
    const base = `${root}${sep}${id}`;
    const hasMoves = moves.size > 0 && moves.has(id);
    if (container !== null && container !== containerOf(base, hasMoves)) continue;
    const hasZip = zips.has(id);
    const path = `${base}.meta${hasZip ? ".zip" : ""}`;
    const warn = (message: string) => warnings.push({ path, message });
    const hasUser = users.size > 0 && users.has(id);
    try {
      const files = { base, hasDir: dirs.size > 0 && dirs.has(id), hasZip, hasUser };
      const info = runInfo(files, { config, summary, onWarning: warn });
      if (info !== null) runs.push(info);
    } catch (error) {
      const isNamed = error instanceof ZipError;
      warn(isNamed ? error.message : `Cannot read run '${path}': ${reasonOf(error)}`);
    }
  }
  for (const id of guild) {
    const base = `${root}${sep}${id}`;
    if (zips.has(id) || dirs.has(id)) continue;
    if (container !== null && container !== containerOf(base, moves.has(id))) continue;
    const path = `${base}${sep}.guild`;
    const warn = (message: string) => warnings.push({ path, message });
    try {
      const files = { base, hasDir: false, hasZip: false, hasUser: users.has(id), isGuild: true };
      const info = runInfo(files, { config, summary, onWarning: warn });
      if (info !== null) runs.push(info);
    } catch (error) {
      warn(`Cannot read run '${base}': ${reasonOf(error)}`);
    }
  }
  return { runs: runs.sort(compareRuns), warnings };
}

/** IDs of runs by what there is of them. Asking sets that are small is much faster. */
function sortNames(
  names: readonly string[],
): Record<"zips" | "dirs" | "users" | "moves" | "guild", Set<string>> {
  const sets = {
    zips: new Set<string>(),
    dirs: new Set<string>(),
    users: new Set<string>(),
    moves: new Set<string>(),
    guild: new Set<string>(),
  };
  for (const name of names) {
    if (name.endsWith(".meta.zip")) sets.zips.add(name.slice(0, -".meta.zip".length));
    else if (name.endsWith(".meta")) sets.dirs.add(name.slice(0, -".meta".length));
    else if (name.endsWith(".user")) sets.users.add(name.slice(0, -".user".length));
    else if (name.endsWith(".move")) sets.moves.add(name.slice(0, -".move".length));
    // Guild's IDs have no dashes, and what belongs to a run is inside of it.
    else if (name.length === 32 && /^[0-9a-f]{32}$/.test(name)) sets.guild.add(name);
  }
  return sets;
}

function readNames(root: string): string[] {
  try {
    return readdirSync(root);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
      throw new NotFoundError(`Runs dir does not exist: ${root}`, root, { cause });
    }
    throw fileError("read", root, cause);
  }
}

function containerOf(base: string, hasMoves: boolean): string {
  return hasMoves ? runContainer(`${base}.move`) : "active";
}

/**
 * Newest first, those without a time last; of equal times any order will do that is always the
 * same.
 */
function compareRuns(a: RunInfo, b: RunInfo): number {
  return time(b) - time(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function time({ started, staged, initialized }: RunInfo): number {
  return started ?? staged ?? initialized ?? 0;
}

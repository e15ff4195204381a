/**
 * Reads what a listing shows of a run.
 *
 * @module
 */

import { statSync } from "node:fs";
import { NotFoundError } from "../errors.ts";
import type { Run } from "../types.ts";
import { runInfo } from "./_run_info.ts";
import type { ReadRunInfoOptions, RunInfo } from "./run_info.ts";

export type { ReadRunInfoOptions, RunInfo } from "./run_info.ts";

/**
 * Reads what a listing shows of one run, for example the config of those that are shown.
 *
 * @param run A run of which only `runDir` is looked at, or its path.
 *
 * @throws {NotFoundError} The run has no meta, or no operation yet.
 * @throws {Error} Its meta is damaged.
 *
 * @example A run that is initialized
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readRunInfo } from "runlit/read-run-info";
 *
 * const runsDir = mkdtempSync("/tmp/example-");
 * mkdirSync(`${runsDir}/60a825b1.meta`);
 * writeFileSync(`${runsDir}/60a825b1.meta/opref`, "2 demo hello");
 * const info = await readRunInfo(`${runsDir}/60a825b1`);
 * assert.equal(info.opref?.name, "hello");
 * assert.equal(info.status, "unknown");
 * rmSync(runsDir, { recursive: true });
 * ```
 */
export async function readRunInfo(
  run: Pick<Run, "runDir"> | string,
  options: ReadRunInfoOptions = {},
): Promise<RunInfo> {
  const base = typeof run === "string" ? run : run.runDir;
  const has = (suffix: string) => statSync(base + suffix, { throwIfNoEntry: false }) !== undefined;
  const own = { hasDir: has(".meta"), hasZip: has(".meta.zip"), hasUser: has(".user") };
  const files = { base, ...own, isGuild: !own.hasDir && !own.hasZip && has("/.guild/opref") };
  const info = own.hasDir || own.hasZip || files.isGuild ? runInfo(files, options) : null;
  if (info !== null) return info;
  const what = files.hasDir ? "Run has no operation yet" : "Run meta dir does not exist";
  throw new NotFoundError(`${what}: ${base}.meta`, `${base}.meta`);
}

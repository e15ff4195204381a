/**
 * What the tests of runs share.
 *
 * @module
 */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setDurability } from "../../lib/files/durability.ts";
import { execRun } from "../../lib/run/exec_run.ts";
import { finalizeRun } from "../../lib/run/finalize_run.ts";
import { initRunMeta, type RunMetaInit } from "../../lib/run/init_run_meta.ts";
import { makeRun } from "../../lib/run/make_run.ts";
import { stageRun } from "../../lib/run/stage_run.ts";
import type { Command, JsonObject, Run } from "../../lib/types.ts";
import { inTempDir, writeTree } from "../meta/_tools.ts";

export { inTempDir, randomFrom, WITHOUT_PYTHON, WITHOUT_UNZIP, writeTree } from "../meta/_tools.ts";

// Nothing here is about power failures.
setDurability("fast");

/** A project and its runs directory, which are removed afterwards. */
export async function inProject<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (project: string, runs: string) => Promise<T>,
): Promise<T> {
  return await inTempDir(async (dir) => {
    const project = join(dir, "project");
    const runs = join(dir, "runs");
    mkdirSync(runs);
    writeTree(project, files);
    return await use(project, runs);
  });
}

/** What a run is made of; the operation's name is `op`. */
export interface Recipe extends Partial<RunMetaInit> {
  readonly command?: Command;
  readonly data?: JsonObject;
}

/** A run that is initialized. */
export async function initialized(runs: string, recipe: Recipe = {}): Promise<Run> {
  const { command = ["true"], data = {}, ...init } = recipe;
  const name = init.opref?.name ?? "op";
  const run = await makeRun(runs, { opref: { namespace: "test", name } });
  await initRunMeta(run, { opdef: { name, data }, cmd: { args: command, env: {} }, ...init });
  return run;
}

/** A run that is staged. */
export async function staged(runs: string, project: string, recipe: Recipe = {}): Promise<Run> {
  const run = await initialized(runs, recipe);
  await stageRun(run, project);
  return run;
}

/** A run that is sealed. */
export async function sealed(runs: string, project: string, recipe: Recipe = {}): Promise<Run> {
  const run = await staged(runs, project, recipe);
  await execRun(run);
  return await finalizeRun(run);
}

/**
 * Where do a project's runs live?
 *
 * @module
 */

import { homedir } from "node:os";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { JsonObject } from "../types.ts";
import { isGageFile, type ProjectLocation } from "./find_project.ts";

/** Options of {@link runsDir}. */
export interface RunsDirOptions {
  /** What the caller asked for; wins over everything. A relative path is relative to `cwd`. */
  runs?: string;
  /** Environment. Default: the process's. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Settings of the project file. */
  settings?: JsonObject;
  /** Directory that a relative `runs` or variable is relative to. Default: the process's. */
  cwd?: string;
}

/**
 * Says where the runs of a project live, as an absolute path.
 *
 * The first of these: `options.runs`, the variable `RUNLIT_RUNS`, the project file's `$runs-dir`
 * (relative to the project), and the project's `.runlit/runs`. For a project with one of Gage's
 * files, where Gage has them: `GAGE_RUNS`, `RUNS_DIR`, `$runs-dir`, the project's `.gage/runs`.
 *
 * @example The default
 * ```ts
 * import assert from "node:assert/strict";
 * import { runsDir } from "runlit/runs-dir";
 *
 * assert.equal(runsDir({ dir: "/p", file: null }, { env: {} }), "/p/.runlit/runs");
 * assert.equal(runsDir({ dir: "/p", file: "/p/gage.toml" }, { env: {} }), "/p/.gage/runs");
 * ```
 */
export function runsDir(project: ProjectLocation, options: RunsDirOptions = {}): string {
  const env = options.env ?? process.env;
  const cwd = options.cwd ?? process.cwd();
  const gage = project.file !== null && isGageFile(project.file);
  const asked = options.runs || env.RUNLIT_RUNS || (gage && (env.GAGE_RUNS || env.RUNS_DIR));
  if (asked) return resolve(cwd, expandHome(asked, env));

  const setting = options.settings?.["runs-dir"];
  if (typeof setting === "string" && setting !== "") {
    return resolve(project.dir, expandHome(setting, env));
  }
  return join(project.dir, gage || isGageProject(project) ? ".gage" : ".runlit", "runs");
}

/** A project without any project file whose runs were made by Gage keeps them where they are. */
function isGageProject(project: ProjectLocation): boolean {
  return project.file === null && existsSync(join(project.dir, ".gage", "runs")) &&
    !existsSync(join(project.dir, ".runlit"));
}

function expandHome(path: string, env: Readonly<Record<string, string | undefined>>): string {
  if (path !== "~" && !path.startsWith("~/")) return path;
  return join(env.HOME || homedir(), path.slice(1));
}

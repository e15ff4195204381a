/**
 * Which project a run is of.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import type { Run } from "../types.ts";
import { runsDirOf } from "./_runs_dir_of.ts";

/**
 * Records the project that a run is of, beside it in `<id>.project`.
 *
 * The path is relative to the runs directory where that is inside the project, so that both can be
 * moved together. The format is Gage's: `file:<path>`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { associateProject, projectOf } from "runlit/associate-project";
 * import { makeRun } from "runlit/make-run";
 *
 * const dir = mkdtempSync(join(tmpdir(), "project-"));
 * mkdirSync(join(dir, "runs"));
 * const run = await makeRun(join(dir, "runs"));
 * await associateProject(run, dir);
 * assert.equal(await projectOf(run), dir);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function associateProject(run: Run, projectDir: string): Promise<void> {
  const dir = resolve(projectDir);
  const runsDir = runsDirOf(run);
  const inside = `${runsDir}${sep}`.startsWith(dir.endsWith(sep) ? dir : `${dir}${sep}`);
  const path = inside ? relative(runsDir, dir) || "." : dir;
  writeFileAtomicSync(projectFile(run), `file:${path}`, { mode: 0o644 });
}

/** The project that a run is of as an absolute path, or null if that is not recorded. */
export async function projectOf(run: Run): Promise<string | null> {
  let text: string;
  try {
    text = readFileSync(projectFile(run), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const match = /^file:(.+)/.exec(text.trimEnd());
  return match === null ? null : resolve(runsDirOf(run), match[1]);
}

function projectFile(run: Run): string {
  return `${resolve(run.runDir)}.project`;
}

/**
 * What has to be there before a run can go on.
 *
 * @module
 */

import { statSync } from "node:fs";
import { NotFoundError, RunStateError } from "../errors.ts";
import { runMetaDir } from "../meta/run_paths.ts";
import type { Run } from "../types.ts";

/** @throws {NotFoundError} The run directory is not there. */
export function requireRunDir(run: Run): void {
  if (!isDirectory(run.runDir)) {
    throw new NotFoundError(`Run dir does not exist: ${run.runDir}`, run.runDir);
  }
}

/**
 * @throws {NotFoundError} The meta directory is not there.
 * @throws {RunStateError} The run is sealed.
 */
export function requireMetaDir(run: Run): void {
  const metaDir = runMetaDir(run);
  if (isDirectory(metaDir)) return;
  const sealed = metaDir.endsWith(".zip") ? metaDir : `${metaDir}.zip`;
  if (statSync(sealed, { throwIfNoEntry: false })?.isFile()) {
    throw new RunStateError(
      `Cannot change run '${run.id}': it is sealed ('${sealed}'); make a new run instead`,
      run,
    );
  }
  throw new NotFoundError(`Run meta dir does not exist: ${metaDir}`, metaDir);
}

/** @throws {NotFoundError} The project directory is not there. */
export function requireProjectDir(projectDir: string): void {
  if (!isDirectory(projectDir)) {
    throw new NotFoundError(`Project dir does not exist: ${projectDir}`, projectDir);
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

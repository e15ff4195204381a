/**
 * Records what a phase changed in the run directory.
 *
 * @module
 */

import {
  appendFilesLog,
  type FilesLogEntry,
  type FileType,
  readFilesLog,
} from "../meta/files_log.ts";
import { logRunner } from "../meta/runner_log.ts";
import type { Run } from "../types.ts";
import { listRunFiles } from "./_list_run_files.ts";
import type { PhaseOptions } from "./phase_options.ts";

/**
 * Compares the run directory with the files log and logs the difference: files that are new, have
 * another modification time, or are gone. Sorted by path; returns what was logged.
 *
 * Pipes, sockets and devices are not part of a run's content. What has too long a path is a warning.
 */
export async function logChangedFiles(
  run: Run,
  type: FileType,
  { onWarning }: Pick<PhaseOptions, "onWarning"> = {},
): Promise<FilesLogEntry[]> {
  const known = new Map<string, number>();
  for (const { event, path, mtime } of await readFilesLog(run)) {
    if (event === "d") known.delete(path);
    else known.set(path, mtime!);
  }
  const changes: FilesLogEntry[] = [];
  const { files, tooLong } = await listRunFiles(run);
  if (tooLong.length > 0) {
    const more = tooLong.length === 1 ? "" : `; so it is with ${tooLong.length - 1} more`;
    const warning = `${tooLong[0].message}${more}; the manifest does not have it`;
    logRunner(run, `Warning: ${warning}`);
    onWarning?.(warning);
  }
  for (const { path, kind, mtimeMs } of files) {
    if (kind === "other") continue;
    const mtime = mtimeMs * 1000;
    const before = known.get(path);
    known.delete(path);
    if (before === undefined) changes.push({ event: "a", type, mtime, path });
    else if (before !== mtime) changes.push({ event: "m", type, mtime, path });
  }
  for (const path of known.keys()) changes.push({ event: "d", type, mtime: null, path });
  changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  if (changes.length > 0) await appendFilesLog(run, changes);
  return changes;
}

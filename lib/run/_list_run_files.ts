/**
 * The files of a run, whatever its command has made of them.
 *
 * @module
 */

import type { FileError } from "../files/file_error.ts";
import { type FileEntry, listFiles } from "../files/list_files.ts";
import type { Run } from "../types.ts";
import { reopening } from "./_open_closed.ts";

/** What {@link listRunFiles} has found. */
export interface RunFiles {
  readonly files: readonly FileEntry[];
  /** Why something cannot be recorded: its path is longer than the system lets anybody say. */
  readonly tooLong: readonly FileError[];
}

/** Lists a run's files. What its user has closed is opened for that. */
export async function listRunFiles(run: Run): Promise<RunFiles> {
  return await reopening(run, async () => {
    const tooLong: FileError[] = [];
    const onError = (error: FileError) => {
      if (error.code !== "ENAMETOOLONG") throw error;
      tooLong.push(error);
    };
    return { files: await listFiles(run.runDir, { onError }), tooLong };
  });
}

/**
 * The runs that a command is to work on.
 *
 * @module
 */

import { NotFoundError } from "../../lib/errors.ts";
import { listRuns, type RunInfo, type RunList } from "../../lib/store/list_runs.ts";
import { selectRun } from "../../lib/store/select_run.ts";
import { detail } from "./print.ts";
import { readWords, type ReadWordsOptions } from "./read_words.ts";
import type { Workspace } from "./workspace.ts";

/** Finds one run by ID, beginning of an ID, name, place in the list, or `@latest`. */
export async function findRun(workspace: Workspace, spec: string): Promise<RunInfo> {
  return (await findRuns(workspace, [spec]))[0];
}

/** Finds the runs that arguments name, or standard input where there are none. */
export async function findRuns(
  workspace: Workspace,
  args: readonly string[],
  options: ReadWordsOptions = {},
): Promise<RunInfo[]> {
  const words = await readWords(args, options);
  const { runs, warnings } = await readRuns(workspace);
  for (const { message } of warnings) detail(message);
  return words.map((word) => selectRun(runs, word));
}

/** Lists a workspace's runs. No runs directory is no runs: it is made with the first one. */
export async function readRuns({ runsDir }: Workspace): Promise<RunList> {
  try {
    return await listRuns(runsDir);
  } catch (error) {
    if (error instanceof NotFoundError) return { runs: [], warnings: [] };
    throw error;
  }
}

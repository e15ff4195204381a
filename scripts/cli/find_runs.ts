/**
 * The runs that a command is to work on.
 *
 * @module
 */

import { listRuns, type RunInfo } from "../../lib/store/list_runs.ts";
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
  const { runs, warnings } = await listRuns(workspace.runsDir);
  for (const { message } of warnings) detail(message);
  return words.map((word) => selectRun(runs, word));
}

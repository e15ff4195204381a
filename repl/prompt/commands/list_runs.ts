/**
 * `.runs`: the newest runs.
 *
 * @module
 */

import type { PromptContext } from "../context.ts";

/** Shows the newest runs. */
export async function listRuns(context: PromptContext, argument: string): Promise<void> {
  const limit = /^\d+$/.test(argument) ? Number(argument) : 20;
  const { allRuns } = await import("../../helpers/run_scope.ts");
  const { readRunInfo } = await import("../../../lib/store/read_run_info.ts");
  const { formatRuns } = await import("../../display/run_table.ts");
  const runs = await allRuns(context.runsDir);
  if (runs.length === 0) return context.note(`There are no runs in '${context.runsDir}'`);
  const shown = await Promise.all(
    runs.slice(0, limit).map((run) =>
      readRunInfo(run, { config: true, summary: true }).catch(() => run)
    ),
  );
  const styleTitles = (titles: string) => context.color ? `\x1b[2m${titles}\x1b[22m` : titles;
  context.print(formatRuns(shown, Date.now(), { width: context.columns, styleTitles }));
  if (runs.length > shown.length) context.note(`${shown.length} of ${runs.length} runs`);
}

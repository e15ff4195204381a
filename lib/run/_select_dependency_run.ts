/**
 * Finds the run that a dependency names.
 *
 * @module
 */

import { DependencyError } from "../errors.ts";
import { listRuns, type RunInfo } from "../store/list_runs.ts";
import type { Run } from "../types.ts";
import type { RunSelect } from "./_parse_dependencies.ts";
import { runsDirOf } from "./_runs_dir_of.ts";

/**
 * Selects, among the runs of the same runs directory, the one that a dependency names: the newest
 * of those for which everything holds.
 *
 * @throws {DependencyError} There is none, or the beginning of an ID is that of several.
 */
export async function selectDependencyRun(
  run: Run,
  opName: string,
  select: RunSelect,
): Promise<RunInfo> {
  const { runs } = await listRuns(runsDirOf(run));
  const others = runs.filter((other) => other.id !== run.id);
  const found = select.any === undefined
    ? others.filter((other) => holds(other, select))
    : ofAnyName(others, select.any, opName);
  if (found.length > 0) return found[0];
  const what = select.any === undefined ? describe(select) : `'${select.any}'`;
  const status = select.status ?? "completed";
  throw new DependencyError(
    `Cannot resolve a dependency of operation '${opName}': there is no ${status} run ${what} ` +
      `in '${runsDirOf(run)}'; make one first`,
  );
}

/** An ID or its beginning, a name, or an operation, in this order. */
function ofAnyName(runs: readonly RunInfo[], text: string, opName: string): RunInfo[] {
  const byId = runs.filter((run) => run.id.startsWith(text) && text.length >= 4);
  if (byId.length > 1) {
    throw new DependencyError(
      `Cannot resolve a dependency of operation '${opName}': several runs begin with '${text}': ` +
        byId.map((run) => run.id).join(", "),
    );
  }
  if (byId.length === 1) return byId;
  const byName = runs.filter((run) => run.name === text);
  if (byName.length > 0) return byName;
  return runs.filter((run) => run.opref?.name === text && run.status === "completed");
}

function holds(run: RunInfo, select: RunSelect): boolean {
  const { id, name, operation, label } = select;
  const status = select.status ?? (id === undefined && name === undefined ? "completed" : null);
  return (id === undefined || run.id.startsWith(id)) &&
    (name === undefined || run.name === name) &&
    (operation === undefined || run.opref?.name === operation) &&
    (label === undefined || run.label === label) &&
    (status === null || run.status === status);
}

function describe(select: RunSelect): string {
  const { status: _, ...fields } = select;
  const list = Object.entries(fields).sort(([a], [b]) => a < b ? 1 : -1);
  return `with ${list.map(([key, value]) => `${key} '${value}'`).join(" and ")}`;
}

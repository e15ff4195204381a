/**
 * Finds the run that somebody means.
 *
 * @module
 */

import { NotFoundError } from "../errors.ts";
import { suggest } from "../suggest.ts";

/** What a run is known by. */
export interface NamedRun {
  readonly id: string;
  readonly name: string;
}

/** So many candidates are listed where a name is that of several runs. */
const MOST_CANDIDATES = 10;

/**
 * Finds a run in a list, newest first, by its ID or the beginning of it, its name or the beginning
 * of it, its place in the list counted from 1, or as `@latest`.
 *
 * A number is a place where the list is long enough, else the beginning of an ID.
 *
 * @throws {NotFoundError} There is no such run; the message has the nearest name.
 * @throws {RangeError} Several runs are meant; the message lists them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { selectRun } from "runlit/select-run";
 *
 * const runs = [{ id: "60a825b1-…", name: "kafom-fikud" }, { id: "7f000001-…", name: "lusab-babad" }];
 * assert.equal(selectRun(runs, "7f").name, "lusab-babad");
 * assert.equal(selectRun(runs, "kafom").name, "kafom-fikud");
 * assert.equal(selectRun(runs, "2").name, "lusab-babad");
 * assert.equal(selectRun(runs, "@latest").name, "kafom-fikud");
 * assert.throws(() => selectRun(runs, "kafom-fikut"), /did you mean 'kafom-fikud'/);
 * ```
 */
export function selectRun<T extends NamedRun>(runs: readonly T[], spec: string): T {
  if (spec === "@latest") {
    if (runs.length > 0) return runs[0];
    throw new NotFoundError("There is no run '@latest': there are no runs", spec);
  }
  const exact = runs.find((run) => run.id === spec) ?? single(runs, spec, (run) => run.name);
  if (exact !== undefined) return exact;
  if (/^[1-9][0-9]*$/.test(spec) && Number(spec) <= runs.length) return runs[Number(spec) - 1];

  const found = spec === ""
    ? []
    : runs.filter((run) => run.id.startsWith(spec) || run.name.startsWith(spec));
  if (found.length === 1) return found[0];
  if (found.length > 1) throw ambiguous(found, spec);
  const near = suggest(spec, runs.map((run) => run.name));
  throw new NotFoundError(
    `There is no run '${spec}'` + (near === null ? "" : `: did you mean '${near}'?`),
    spec,
  );
}

/** The only run of that name: names are made of the first part of an ID, and may be shared. */
function single<T extends NamedRun>(
  runs: readonly T[],
  spec: string,
  nameOf: (run: T) => string,
): T | undefined {
  const found = runs.filter((run) => nameOf(run) === spec);
  if (found.length > 1) throw ambiguous(found, spec);
  return found[0];
}

function ambiguous(found: readonly NamedRun[], spec: string): RangeError {
  const list = found.slice(0, MOST_CANDIDATES).map((run) => `\n  ${run.id}  ${run.name}`).join("");
  const more = found.length > MOST_CANDIDATES ? `\n  … ${found.length} in all` : "";
  return new RangeError(`Run '${spec}' is one of several, give more of its ID:${list}${more}`);
}

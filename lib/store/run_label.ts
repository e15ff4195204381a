/**
 * What a run is called.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";

/**
 * The label of a run: what its user calls it, or else what its summary does, in `run.label`. Null if
 * neither has one.
 *
 * @param own The user attribute `label`.
 * @param summary The run's summary.
 *
 * @example The user's word counts
 * ```ts
 * import assert from "node:assert/strict";
 * import { runLabel } from "runlit/run-label";
 *
 * const summary = { run: { label: "acc=0.9" } };
 * assert.equal(runLabel("best", summary), "best");
 * assert.equal(runLabel(undefined, summary), "acc=0.9");
 * assert.equal(runLabel(undefined, {}), null);
 * ```
 */
export function runLabel(own: JsonValue | undefined, summary: JsonValue): string | null {
  if (own !== undefined && own !== null && own !== "") return String(own);
  const run = (summary as { run?: { label?: JsonValue } | null } | null)?.run;
  const label = run?.label;
  return typeof label === "string" && label !== "" ? label : null;
}

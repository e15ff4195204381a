/**
 * The names of phases.
 *
 * @module
 */

import type { PhaseName } from "../../lib/types.ts";

/** Phases in their order, by their first names. */
export const PHASES: readonly PhaseName[] = [
  "sourcecode",
  "runtime",
  "dependencies",
  "run",
  "finalize",
];

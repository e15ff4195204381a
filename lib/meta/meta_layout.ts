/**
 * Which layout a run's meta has.
 *
 * @module
 */

import type { MetaLayout } from "../types.ts";
import { type MetaLocation, metaSource } from "./meta_source.ts";
import { detectLayout } from "./layouts.ts";

/** Tells the layout of a run's meta. */
export function metaLayout(run: MetaLocation): MetaLayout {
  return detectLayout(metaSource(run).has);
}

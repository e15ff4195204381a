/**
 * Whether the walk that selects files enters a directory.
 *
 * @module
 */

import { hasSentinel } from "./_has_sentinel.ts";
import { entersDir, mattersBelow } from "./_rule_set.ts";
import type { Selection } from "./_selection.ts";

/** Decides by the rules; `real` is where the directory is, `path` what the rules see. */
export function enters(selection: Selection, path: string, real: string): boolean {
  return !selection.exclude.has(real) && mattersBelow(selection.rules, path) &&
    entersDir(selection.rules, path, (sentinel) => hasSentinel(real, sentinel));
}

/**
 * All types that patterns know, with a document's own.
 *
 * @module
 */

import { COMMON_TYPES } from "./common_types.ts";
import { DATE_TYPES } from "./date_types.ts";
import { FORMAT_TYPES } from "./format_types.ts";
import type { PatternType, PatternTypes } from "./pattern_type.ts";

const BUILT_IN: PatternTypes = new Map(
  [...FORMAT_TYPES, ...DATE_TYPES, ...COMMON_TYPES].map((type) => [type.name, type]),
);

/**
 * Returns the built-in types and the given ones, which win over built-in ones of the same name.
 *
 * @param own Types made with {@linkcode collectPatternTypes}; of two with one name the later wins.
 *
 * @example A type of one's own
 * ```ts
 * import assert from "node:assert/strict";
 * import { matchOutput, patternTypes } from "runlit/literate";
 *
 * const types = patternTypes([{ name: "grade", doc: "A to F", pattern: "[A-F][-+]?" }]);
 * const result = matchOutput("{x:grade}", "B+\n", { parse: true, types });
 * assert.deepEqual(result.bindings, { x: "B+" });
 * ```
 */
export function patternTypes(own: Iterable<PatternType> = []): PatternTypes {
  const added = [...own];
  if (added.length === 0) return BUILT_IN;
  return new Map([...BUILT_IN, ...added.map((type) => [type.name, type] as const)]);
}

/**
 * Equality of config values.
 *
 * @module
 */

import type { JsonObject, JsonValue } from "../types.ts";

/** Whether two values are the same: by type and content, whatever the order of members. */
export function sameValue(a: JsonValue, b: JsonValue): boolean {
  // `NaN` is itself here, and the sign of zero is a matter of spelling.
  if (a === b || (a !== a && b !== b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length &&
      a.every((item, i) => sameValue(item, b[i]));
  }
  const [one, other] = [a as JsonObject, b as JsonObject];
  const names = Object.keys(one);
  return names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && sameValue(one[name], other[name]));
}

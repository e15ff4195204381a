/**
 * The `limits` of permissions.
 *
 * @module
 */

import { suggest } from "../../suggest.ts";
import type { Limits } from "./permissions.ts";
import { parseQuantity, type QuantityKind } from "./parse_quantity.ts";
import { ScopeError } from "./scope_error.ts";

interface LimitTraits {
  readonly field: keyof Limits;
  readonly kind: QuantityKind;
}

/** Limits by the key that a project file has. */
export const LIMITS: Readonly<Record<string, LimitTraits>> = {
  "time": { field: "time", kind: "duration" },
  "grace": { field: "grace", kind: "duration" },
  "memory": { field: "memory", kind: "size" },
  "processes": { field: "processes", kind: "count" },
  "file-size": { field: "fileSize", kind: "size" },
  "output": { field: "output", kind: "size" },
  "disk": { field: "disk", kind: "size" },
  "files": { field: "files", kind: "count" },
};

const EXPECTED: Readonly<Record<QuantityKind, string>> = {
  duration: 'seconds or a duration such as "1h30m"',
  size: 'bytes or a size such as "8GB"',
  count: "a whole number above 0",
};

/** Reads a table of limits; `false` lifts one that was set further out. */
export function parseLimits(value: unknown, key: string, where: string): Limits {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ScopeError(`'${key}'${where} has to be a table, such as { time = "1h" }`, key);
  }
  const limits: { -readonly [field in keyof Limits]: Limits[field] } = {};
  for (const [name, item] of Object.entries(value)) {
    const traits = Object.hasOwn(LIMITS, name) ? LIMITS[name] : undefined;
    if (traits === undefined) {
      const near = suggest(name, Object.keys(LIMITS));
      throw new ScopeError(
        `Unknown limit '${key}.${name}'${where}` +
          (near === null
            ? `: the limits are ${Object.keys(LIMITS).join(", ")}`
            : `: did you mean '${near}'?`),
        `${key}.${name}`,
      );
    }
    const quantity = item === false ? null : parseQuantity(item, traits.kind);
    if (quantity === null && item !== false) {
      throw new ScopeError(
        `'${key}.${name}'${where} has to be ${EXPECTED[traits.kind]}, ` +
          `or false for none; it is ${JSON.stringify(item)}`,
        `${key}.${name}`,
      );
    }
    limits[traits.field] = quantity;
  }
  return limits;
}

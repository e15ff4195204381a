/**
 * Durations and sizes as people write them.
 *
 * @module
 * @internal
 */

const DURATIONS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1e3,
  m: 60e3,
  min: 60e3,
  h: 3600e3,
  d: 86400e3,
};

const SIZES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** What a quantity measures. */
export type QuantityKind = "duration" | "size" | "count";

/**
 * Reads a quantity: a number, or text such as `90s`, `1.5h`, `1h30m`, `8GB` (10⁹), `512MiB` or
 * `512M` (2²⁰). A duration without a unit is in seconds, and is returned in milliseconds.
 *
 * Returns null for what is not a quantity of that kind, or not above zero.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseQuantity } from "runlit/parse-quantity";
 *
 * assert.equal(parseQuantity("1h30m", "duration"), 5_400_000);
 * assert.equal(parseQuantity("8GB", "size"), 8e9);
 * assert.equal(parseQuantity("8 apples", "size"), null);
 * ```
 */
export function parseQuantity(value: unknown, kind: QuantityKind): number | null {
  if (typeof value === "number") {
    if (kind === "count" && !Number.isInteger(value)) return null;
    return positive(kind === "duration" ? value * 1e3 : value);
  }
  if (typeof value !== "string") return null;
  const text = value.trim().toLowerCase().replaceAll("_", "");
  if (/^\d+(\.\d+)?(e\d+)?$/.test(text)) return parseQuantity(Number(text), kind);
  if (kind === "count") return null;
  if (kind === "duration") return parseDuration(text);
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text) ?? [];
  return positive(Number(number) * (SIZES[unit] ?? NaN));
}

function parseDuration(text: string): number | null {
  if (!/^(\d+(\.\d+)?\s*[a-z]+\s*)+$/.test(text)) return null;
  let total = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    total += Number(number) * (DURATIONS[unit] ?? NaN);
  }
  return positive(total);
}

function positive(value: number): number | null {
  return Number.isFinite(value) && value > 0 ? Math.ceil(value) : null;
}

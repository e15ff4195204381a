/**
 * Types for what runs and their records contain, and a few that every document needs.
 *
 * @module
 */

import { toFloat, toInteger } from "./format_types.ts";
import type { PatternType } from "./pattern_type.ts";

const HEX = "[0-9a-f]";
const UUID = `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`;
const ISO =
  "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:[.]\\d+)?(?:Z|[-+]\\d\\d:?\\d\\d(?:\\d\\d)?)?";
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  "µs": 1e-3,
  "μs": 1e-3,
  us: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const UNIT = "(?:ns|µs|μs|us|ms|s|min|m|h|d)";

/** The types, in the order in which `runlit help` lists them. */
export const COMMON_TYPES: readonly PatternType[] = [
  { name: "any", doc: "any text, also none, over several lines if need be", pattern: ".*?" },
  { name: "line", doc: "any text of one line, at least a character", pattern: "[^\\n]+?" },
  {
    name: "int",
    doc: "decimal integer, grouped by , or _ or not; a number",
    pattern: "[-+]?(?:\\d{1,3}(?:[,_]\\d{3})+|\\d+)",
    convert: (text) => toInteger(text.replace(/[,_]/g, "")),
  },
  {
    name: "number",
    doc: "number in any usual form; a number",
    pattern: "[-+]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?|[Nn]a[Nn]|inf|Infinity)",
    convert: toFloat,
  },
  {
    name: "duration",
    doc: "time span such as 1.5 s, 250ms or 1h 30m; a number of milliseconds",
    pattern: `\\d+(?:\\.\\d+)?\\s?${UNIT}(?:\\s?\\d+(?:\\.\\d+)?\\s?${UNIT})*`,
    convert: toMilliseconds,
  },
  { name: "uuid", doc: "UUID of any version, lower or upper case", pattern: uuidOfAnyCase() },
  { name: "run_id", doc: "ID of a run", pattern: UUID },
  {
    name: "timestamp",
    doc: "microseconds since 1970; a number",
    pattern: "[1-9]\\d{15}",
    convert: (text) => toInteger(text),
  },
  {
    name: "run_timestamp",
    doc: "seconds, milliseconds, micro- or nanoseconds since 1970; a number",
    pattern: "[1-9]\\d{9}(?:\\d{9}|\\d{6}|\\d{3})?(?:[.]\\d+)?",
    convert: (text) => (text.includes(".") ? Number(text) : toInteger(text)),
  },
  { name: "date", doc: "ISO 8601 date and time; text", pattern: ISO },
  {
    name: "isodate",
    doc: "ISO 8601 date and time; text, made regular",
    pattern: ISO,
    convert: iso,
  },
  { name: "sha256", doc: "SHA-256 digest, 64 hexadecimal digits", pattern: `${HEX}{64}` },
  {
    name: "path",
    doc: "absolute path, or one from the home directory",
    pattern: "(?:[/~]|[A-Za-z]:)[/\\w.:~-]*",
  },
];

function uuidOfAnyCase(): string {
  return UUID.replaceAll(HEX, "[0-9a-fA-F]");
}

function toMilliseconds(text: string): number {
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s?([a-zµμ]+)/g)) {
    total += Number(amount) * UNITS[unit];
  }
  return total;
}

/** The offset gets a colon, `Z` becomes `+00:00`. */
function iso(text: string): string {
  return text.replace(/Z$/, "+00:00").replace(/([-+]\d\d)(\d\d)(\d\d)?$/, (_, h, m, s) => {
    return `${h}:${m}${s === undefined ? "" : `:${s}`}`;
  });
}

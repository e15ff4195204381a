/**
 * Types made from a date format, such as `%Y-%m-%d %H:%M`.
 *
 * @module
 */

import { type DateParts, MONTH, monthNumber, toDate } from "./_date_parts.ts";
import { PatternError } from "./pattern_error.ts";
import type { PatternType } from "./pattern_type.ts";

interface Directive {
  readonly pattern: string;
  readonly read?: (parts: DateParts, text: string) => void;
}

const DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun";
const LONG_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";
const TWO = "\\d{1,2}";

const DIRECTIVES: Readonly<Record<string, Directive>> = {
  Y: { pattern: "\\d{4}", read: (parts, text) => parts.year = Number(text) },
  y: {
    pattern: "\\d\\d",
    // The century turns where POSIX has it turn.
    read: (parts, text) => parts.year = Number(text) + (Number(text) < 69 ? 2000 : 1900),
  },
  m: { pattern: TWO, read: (parts, text) => parts.month = Number(text) },
  B: { pattern: MONTH, read: readMonth },
  b: { pattern: MONTH, read: readMonth },
  d: { pattern: TWO, read: (parts, text) => parts.day = Number(text) },
  H: { pattern: TWO, read: (parts, text) => parts.hour = Number(text) },
  I: { pattern: TWO, read: (parts, text) => parts.hour = Number(text) },
  M: { pattern: "\\d\\d", read: (parts, text) => parts.minute = Number(text) },
  S: { pattern: "\\d\\d", read: (parts, text) => parts.second = Number(text) },
  f: { pattern: "\\d{1,9}", read: (parts, text) => parts.fraction = Number(`0.${text}`) },
  p: { pattern: "[AaPp][Mm]", read: (parts, text) => parts.half = text[0].toLowerCase() },
  z: { pattern: "Z|[-+]\\d\\d:?\\d\\d", read: (parts, text) => parts.zone = text },
  Z: { pattern: "UTC|GMT", read: (parts, text) => parts.zone = text },
  a: { pattern: DAYS },
  A: { pattern: LONG_DAYS },
  "%": { pattern: "%" },
};
const SHORT: Readonly<Record<string, string>> = { F: "%Y-%m-%d", T: "%H:%M:%S", R: "%H:%M" };

/**
 * Makes the type for a format of `strftime`; its value is a `Date`.
 *
 * Known are `%Y %y %m %B %b %d %H %I %M %S %f %p %z %Z %a %A %F %T %R %%`.
 *
 * @throws {PatternError} The format has another directive.
 */
export function strftimeType(format: string): PatternType {
  const long = format.replace(/%([FTR])/g, (_, name) => SHORT[name]);
  const parts = long.split(/(%.?)/s).filter((part) => part !== "");
  const directives = parts.map((part) => (part[0] === "%" ? directive(part, format) : null));
  const sources = parts.map((part, i) =>
    directives[i] === null
      ? part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
      : `(?:${directives[i].pattern})`
  );
  const reader = new RegExp(
    `^${sources.map((source, i) => (directives[i] === null ? source : `(${source})`)).join("")}$`,
    "i",
  );
  return {
    name: format,
    doc: `date as ${format} prints it; a Date`,
    pattern: sources.join(""),
    convert(text: string): Date {
      const date: DateParts = {};
      const groups = reader.exec(text) ?? [];
      let group = 0;
      for (const directive of directives) {
        if (directive !== null) directive.read?.(date, groups[++group] ?? "");
      }
      return toDate(date);
    },
  };
}

function directive(part: string, format: string): Directive {
  if (Object.hasOwn(DIRECTIVES, part.slice(1))) return DIRECTIVES[part.slice(1)];
  throw new PatternError(
    `Cannot use date format '${format}': '${part}' is not known; ` +
      `use one of ${Object.keys(DIRECTIVES).map((name) => `%${name}`).join(" ")} %F %T %R`,
  );
}

function readMonth(parts: DateParts, text: string): void {
  parts.month = monthNumber(text);
}

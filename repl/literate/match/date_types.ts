/**
 * The date and time types of Python's `parse`: `ti te tg ta th tc tt ts`.
 *
 * Values are `Date`s, but for `tt`, a time of day, which is ISO text. A time without a zone is
 * local, a date alone is UTC's, as ECMAScript has both.
 *
 * @module
 */

import { type DateParts, MONTH, monthNumber, toDate, toTime } from "./_date_parts.ts";
import type { PatternType } from "./pattern_type.ts";

const TIME = "\\d{1,2}:\\d{1,2}(?::\\d{1,2}(?:\\.\\d+)?)?";
const HALF = "(?:\\s+[AaPp][Mm])?";
const OFFSET = "[-+]\\d{1,2}:?\\d\\d";
const ZONE = `(?:\\s*(?:Z|UTC|GMT|${OFFSET}))?`;
const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const CLOCK = "\\d{1,2}:\\d\\d:\\d\\d";
const WEEKDAY = new RegExp(`^${DAY},?\\s+`, "i");
const DAY_PART = new RegExp(`${MONTH}|\\d+`, "gi");

/** The types, in the order of the reference's table. */
export const DATE_TYPES: readonly PatternType[] = [
  {
    name: "ti",
    doc: "ISO 8601 date, with or without time and zone; a Date",
    pattern: `\\d{4}-\\d\\d-\\d\\d(?:(?:\\s+|T)${TIME}${ZONE})?`,
    convert: (text) => toDate(read(text, "ymd")),
  },
  {
    name: "te",
    doc: "e-mail date, Mon, 20 Jan 1972 10:21:36 +1000; a Date",
    pattern: `(?:${DAY},\\s+)?\\d{1,2}\\s+${MONTH}\\s+\\d{4}\\s+${TIME}\\s+(?:UTC|GMT|${OFFSET})`,
    convert: (text) => toDate(read(text, "dmy")),
  },
  {
    name: "tg",
    doc: "day/month/year, with or without time; a Date",
    pattern: `\\d{1,2}[-/](?:\\d{1,2}|${MONTH})[-/]\\d{4}(?:\\s+${TIME}${HALF}${ZONE})?`,
    convert: (text) => toDate(read(text, "dmy")),
  },
  {
    name: "ta",
    doc: "month/day/year, with or without time; a Date",
    pattern: `(?:\\d{1,2}|${MONTH})[-/]\\d{1,2}[-/]\\d{4}(?:\\s+${TIME}${HALF}${ZONE})?`,
    convert: (text) => toDate(read(text, "mdy")),
  },
  {
    name: "th",
    doc: "HTTP log date, 21/Nov/2011:00:07:11 +0000; a Date",
    pattern: `\\d{1,2}/${MONTH}/\\d{4}:${CLOCK}\\s*${OFFSET}`,
    convert: (text) => toDate(read(text, "dmy")),
  },
  {
    name: "tc",
    doc: "ctime date, Sun Sep 16 01:03:52 1973; a Date",
    pattern: `${DAY}\\s+${MONTH}\\s+\\d{1,2}\\s+${CLOCK}\\s+\\d{4}`,
    convert: (text) => toDate(read(text, "mdy")),
  },
  {
    name: "tt",
    doc: "time of day, 10:21:36 PM -5:30; ISO text, 22:21:36-05:30",
    pattern: `${TIME}${HALF}${ZONE}`,
    convert: (text) => toTime(read(text, "")),
  },
  {
    name: "ts",
    doc: "syslog date, Nov 9 03:37:44, in this year; a Date",
    pattern: `${MONTH}\\s+\\d{1,2}\\s+${CLOCK}`,
    convert: (text) => toDate({ year: new Date().getFullYear(), ...read(text, "md") }),
  },
];

/** Takes the parts out of a date that one of the expressions matched. */
function read(matched: string, order: string): DateParts {
  // In a log's date a colon joins year and hour.
  const text = matched.replace(/(\d{4}):(?=\d)/, "$1 ");
  const clock = /(\d{1,2}):(\d{1,2})(?::(\d{1,2})(\.\d+)?)?/.exec(text);
  const days = text.slice(0, clock?.index).replace(WEEKDAY, "");
  const found: string[] = [...days.match(DAY_PART) ?? []];
  // ctime has the year behind the time.
  if (found.length < order.length) found.push(...(/\d{4}$/.exec(text) ?? []));
  const parts: DateParts = {};
  for (const [i, kind] of [...order].entries()) {
    const word = found[i];
    if (kind === "y") parts.year = Number(word);
    else if (kind === "d") parts.day = Number(word);
    else parts.month = monthNumber(word) ?? Number(word);
  }
  if (clock === null) return parts;
  parts.hour = Number(clock[1]);
  parts.minute = Number(clock[2]);
  parts.second = Number(clock[3] ?? 0);
  parts.fraction = Number(clock[4] ?? 0);
  const rest = text.slice(clock.index + clock[0].length);
  parts.half = /[AaPp](?=[Mm])/.exec(rest)?.[0].toLowerCase();
  parts.zone = /(?:Z|UTC|GMT|[-+]\d{1,2}:?\d\d)$/i.exec(rest)?.[0];
  return parts;
}

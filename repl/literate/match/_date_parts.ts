/**
 * Dates from their parts, checked.
 *
 * @module
 */

/** What a text says about a point in time. */
export interface DateParts {
  year?: number;
  /** 1 to 12. */
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  /** Of a second, 0 to 1. */
  fraction?: number;
  /** Of the day: `a` or `p`. */
  half?: string;
  /** `Z`, `UTC`, `GMT` or an offset such as `+01:00`, `-0530`. */
  zone?: string;
}

const MONTHS: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
};

/** Expression for a month's name, long or short. */
export const MONTH: string =
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|" +
  "Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

/** Number of a month, from its name in any case; undefined when it is none. */
export function monthNumber(name: string): number | undefined {
  return MONTHS[name.slice(0, 3).toLowerCase()];
}

/**
 * Makes a date. Without a time it is UTC's, with a time but no zone it is local.
 *
 * @throws {RangeError} There is no such day or time.
 */
export function toDate(parts: DateParts): Date {
  const { year = 1970, month = 1, day = 1, minute = 0, second = 0, fraction = 0 } = parts;
  const hour = hourOf(parts);
  const days = new Date(Date.UTC(2000, month, 0));
  days.setUTCFullYear(year, month, 0);
  if (month < 1 || month > 12 || day < 1 || day > days.getUTCDate()) {
    throw new RangeError(`there is no day ${year}-${two(month)}-${two(day)}`);
  }
  const ms = Math.floor(fraction * 1000);
  const isLocal = parts.hour !== undefined && parts.zone === undefined;
  const date = new Date(0);
  if (isLocal) {
    date.setFullYear(year, month - 1, day);
    date.setHours(hour, minute, second, ms);
  } else {
    date.setUTCFullYear(year, month - 1, day);
    date.setUTCHours(hour, minute - offsetOf(parts.zone), second, ms);
  }
  return date;
}

/** Makes ISO text of a time of day: `22:21:36.5-05:30`. */
export function toTime(parts: DateParts): string {
  const { minute = 0, second = 0, fraction = 0, zone } = parts;
  const tail = fraction === 0 ? "" : String(fraction).slice(1);
  const time = `${two(hourOf(parts))}:${two(minute)}:${two(second)}${tail}`;
  if (zone === undefined) return time;
  const offset = offsetOf(zone);
  if (offset === 0) return `${time}Z`;
  const size = Math.abs(offset);
  return `${time}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function hourOf({ hour = 0, minute = 0, second = 0, half }: DateParts): number {
  const most = half === undefined ? 23 : 12;
  if (hour > most || minute > 59 || second > 60) {
    throw new RangeError(`there is no time ${hour}:${two(minute)}:${two(second)}`);
  }
  if (half === undefined) return hour;
  return (hour % 12) + (half === "p" ? 12 : 0);
}

/** Minutes east of Greenwich. */
function offsetOf(zone: string | undefined): number {
  const match = /^([-+])(\d{1,2}):?(\d\d)$/.exec(zone ?? "");
  if (match === null) return 0;
  const [, sign, hours, minutes] = match;
  if (Number(hours) > 23 || Number(minutes) > 59) {
    throw new RangeError(`there is no zone '${zone}'`);
  }
  return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/**
 * Reads a time.
 *
 * @module
 */

const ISO =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Reads a date, or date and time, in ISO 8601: `2024-07-05T10:11:12.345678+0200`. Without an offset
 * it is local time. Dates have milliseconds; finer parts of a second are cut off.
 *
 * @throws {RangeError} for anything else.
 */
export function datetimeFromiso(text: string): Date {
  const [, day, time = "00:00", seconds = "00", fraction = "0", zone = ""] = ISO.exec(text) ?? [];
  const offset = zone === "" || zone === "Z" ? zone : offsetOf(zone);
  const ms = fraction.slice(0, 3).padEnd(3, "0");
  const date = new Date(`${day}T${time}:${seconds}.${ms}${offset}`);
  if (Number.isNaN(date.getTime())) {
    throw new RangeError(
      `Cannot read '${text}' as a date: ISO 8601 is like 2024-07-05T10:11:12+0200`,
    );
  }
  return date;
}

/** `+0200` and `+02` as `+02:00`. */
function offsetOf(zone: string): string {
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/**
 * Dates and times.
 *
 * @module
 */

/** Now. */
export function datetimeNow(): Date {
  return new Date();
}

/**
 * Reads a date and time of ISO 8601, also with an offset without a colon (`+0200`).
 *
 * @throws {RangeError} It is none.
 */
export function datetimeFromiso(text: string): Date {
  const date = new Date(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  if (Number.isNaN(date.getTime())) throw new RangeError(`'${text}' is not an ISO date and time`);
  return date;
}

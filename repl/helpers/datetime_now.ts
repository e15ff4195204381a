/**
 * The time.
 *
 * @module
 */

/** The time now. */
export function datetimeNow(): Date {
  return new Date();
}

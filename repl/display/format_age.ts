/**
 * Times as people tell them.
 *
 * @module
 */

/** Formats a time relative to now: `now`, `5 minutes ago`, `a day ago`. */
export function formatAge(then: number, now: number = Date.now()): string {
  const seconds = Math.round((now - then) / 1000);
  if (seconds < 1) return "now";
  const steps: readonly [string, number][] = [
    ["year", 365 * 86400],
    ["month", 30 * 86400],
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  const [unit, length] = steps.find(([, length]) => seconds >= length)!;
  const count = Math.floor(seconds / length);
  if (count > 1) return `${count} ${unit}s ago`;
  return `${unit === "hour" ? "an" : "a"} ${unit} ago`;
}

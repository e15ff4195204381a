/**
 * Numbers, times and values as people read them.
 *
 * @module
 */

import type { JsonValue } from "../../lib/types.ts";

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** Formats a number of bytes with a decimal unit: `999 B`, `1.0 kB`, `123.5 MB`. */
export function formatBytes(bytes: number): string {
  let unit = 0;
  while (bytes >= 999.95 && unit < UNITS.length - 1) {
    bytes /= 1000;
    unit++;
  }
  return `${unit === 0 ? bytes : bytes.toFixed(1)} ${UNITS[unit]}`;
}

/** Formats milliseconds as the largest units that matter: `0.3 s`, `12 s`, `3 min 5 s`, `2 h 4 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.round(minutes / 60 / 24)} days`;
}

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

/** Formats a value in few characters: floats with four significant digits, strings as they are. */
export function formatValue(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") {
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  }
  if (Array.isArray(value)) return value.map((item) => formatValue(item)).join(", ");
  if (typeof value === "object" && "value" in value) return formatValue(value.value);
  return typeof value === "boolean" ? String(value) : JSON.stringify(value);
}

/**
 * Numbers, times and values as people read them.
 *
 * @module
 */

export { formatAge } from "../../repl/display/format_age.ts";
export { formatConfigValue as formatValue } from "../../repl/display/format_config_value.ts";

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

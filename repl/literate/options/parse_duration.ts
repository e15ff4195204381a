/**
 * Time spans, such as those of timeouts.
 *
 * @module
 */

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Reads a time span such as `5` or `5s` (seconds), `500ms`, `2m`, `1h`.
 *
 * @returns Milliseconds, or null when it is none or not more than 0.
 */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?|\.\d+)(ms|s|m|h)?$/.exec(text.trim());
  if (match === null) return null;
  const ms = Number(match[1]) * UNITS[match[2] ?? "s"];
  return ms > 0 && Number.isFinite(ms) ? ms : null;
}

/**
 * Colour on a terminal.
 *
 * @module
 */

import { settings } from "./settings.ts";

/** Stream that text is meant for. */
export type OutputName = "stdout" | "stderr";

/** Name of a style. */
export type StyleName = keyof typeof STYLES;

const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

/** Puts a style on text if the stream it is meant for shows colours. */
export function styled(text: string, style: StyleName, output: OutputName = "stdout"): string {
  const [on, off] = STYLES[style];
  return usesColor(output) ? `\x1b[${on}m${text}\x1b[${off}m` : text;
}

/**
 * Says whether a stream shows colours.
 *
 * First of `--color` and `--no-color`, then `NO_COLOR`, then `FORCE_COLOR`; without any, on a
 * terminal that is not dumb.
 */
export function usesColor(output: OutputName = "stdout"): boolean {
  if (settings.color !== undefined) return settings.color;
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return process[output].isTTY === true && TERM !== "dumb";
}

/**
 * A line on the terminal that says how far something is.
 *
 * @module
 */

import { settings } from "./settings.ts";
import { styled } from "./styled.ts";

/** Milliseconds between two looks of the line: more often is not seen, only paid for. */
const EVERY_MS = 100;

/** A line at the bottom of the terminal; elsewhere, and with `--quiet`, it does nothing. */
export interface ProgressLine {
  /** Shows another text, soon. */
  update(text: string): void;
  /** Shows another text, now. */
  show(text: string): void;
  /** Takes the line away so that something else can be printed. */
  clear(): void;
}

/** Makes a progress line on stderr. */
export function progressLine(): ProgressLine {
  if (process.stderr.isTTY !== true || settings.quiet || process.env.TERM === "dumb") {
    return { update: () => {}, show: () => {}, clear: () => {} };
  }
  let shown = false;
  let last = 0;
  const show = (text: string) => {
    last = Date.now();
    shown = true;
    const width = (process.stderr.columns ?? 80) - 1;
    process.stderr.write(`\r\x1b[K${styled(text.slice(0, width), "dim", "stderr")}`);
  };
  return {
    show,
    update: (text) => {
      if (Date.now() - last >= EVERY_MS) show(text);
    },
    clear: () => {
      if (shown) process.stderr.write("\r\x1b[K");
      shown = false;
    },
  };
}

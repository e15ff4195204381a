/**
 * Reads the percentage off a progress line.
 *
 * @module
 */

import { Buffer } from "node:buffer";

const TQDM = /(?:^|[\s:])(\d+)%\|/;
const ANY = /(?:^|[^\d.])(\d{1,3}(?:\.\d+)?)\s?%/;

/** The percentage that a progress line shows, and its text without control sequences, or null. */
export function parsePercent(
  line: Uint8Array,
  onlyTqdm: boolean,
): { percent: number; text: string } | null {
  const text = Buffer.from(line.subarray(0, 4096)).toString("utf8")
    .replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, "").trim();
  const match = TQDM.exec(text) ?? (onlyTqdm ? null : ANY.exec(text));
  return match === null ? null : { percent: Number(match[1]), text };
}

/**
 * How much room text takes on a terminal.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";

/** Columns that text takes: East Asian wide characters and emoji take two, marks none. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { width: each } of clusters(stripVTControlCharacters(text))) width += each;
  return width;
}

/** What a terminal shows as one character. */
export interface Cluster {
  /** Where it begins, in UTF-16 units. */
  readonly at: number;
  readonly text: string;
  /** Columns that it takes. */
  readonly width: number;
}

/** Divides text without control sequences into what a terminal shows as one character each. */
export function clusters(text: string): Cluster[] {
  if (PLAIN.test(text)) return Array.from(text, (char, at) => ({ at, text: char, width: 1 }));
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return Array.from(
    segmenter.segment(text),
    ({ segment, index }) => ({ at: index, text: segment, width: clusterWidth(segment) }),
  );
}

let segmenter: Intl.Segmenter | undefined;

const PLAIN = /^[\x20-\x7e]*$/;
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

function clusterWidth(cluster: string): number {
  if (WIDE.test(cluster)) return 2;
  return /^[\p{Mark}\p{Cf}\p{Cc}]*$/u.test(cluster) ? 0 : 1;
}

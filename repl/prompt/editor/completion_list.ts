/**
 * What could be written, as a list below the entry.
 *
 * @module
 */

import { displayWidth } from "../../display/display_width.ts";
import { cutText } from "../../display/format_table.ts";

/** What could be written at a place. */
export interface Completion {
  /** Where what is there already begins. */
  readonly from: number;
  /** Candidates that begin with what is there already. */
  readonly candidates: readonly string[];
}

/** What to insert, and what to show. */
export interface CompletionList {
  readonly insert: string;
  /** Lines to show; none when there is nothing to choose from. */
  readonly list: readonly string[];
}

/** Extends what is there as far as it is sure, and lists what is left to choose from. */
export function completionList(
  { candidates }: Completion,
  written: string,
  screen: { readonly columns: number; readonly rows: number },
): CompletionList {
  if (candidates.length === 0) return { insert: written, list: [] };
  const common = commonPrefix(candidates);
  const insert = common.length > written.length ? common : written;
  if (candidates.length === 1 || insert !== written) return { insert, list: [] };
  return { insert, list: inColumns(candidates, screen.columns, Math.max(3, screen.rows >> 1)) };
}

function commonPrefix(texts: readonly string[]): string {
  let [prefix] = texts;
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

/** Columns that are read from top to bottom, as many as there is room for. */
function inColumns(texts: readonly string[], width: number, most: number): string[] {
  const widest = Math.min(width, Math.max(...texts.map(displayWidth)) + 2);
  const columns = Math.max(1, Math.floor((width + 2) / widest));
  const rows = Math.min(most, Math.ceil(texts.length / columns));
  const shown = texts.slice(0, rows * columns);
  const lines = Array.from({ length: rows }, (_, row) => {
    const cells = shown.filter((_, i) => i % rows === row).map((text) => cutText(text, width));
    return cells.map((cell, i) => i === cells.length - 1 ? cell : padTo(cell, widest)).join("");
  });
  const more = texts.length - shown.length;
  return more === 0 ? lines : [...lines, cutText(`… ${more} more`, width)];
}

function padTo(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/**
 * Tables on the terminal, and as tab-separated text elsewhere.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import { clusters, displayWidth } from "./display_width.ts";

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers stand right. Default: left. */
  readonly align?: "left" | "right";
  /** The column that gets shorter where the terminal is narrow. Default: none does. */
  readonly shrinks?: boolean;
}

/** Options of {@linkcode formatTable}. */
export interface TableOptions {
  /** Columns of the terminal; none means that nobody looks: tabs, no titles, nothing cut. */
  width?: number;
  /** Puts a style on the line of titles. Default: none. */
  styleTitles?: (titles: string) => string;
}

/**
 * Formats rows as a table, without a final line break.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatTable } from "runlit/format-table";
 *
 * const columns = [{ title: "name" }, { title: "size", align: "right" }] as const;
 * const rows = [["a.txt", "9"], ["b", "12"]];
 * assert.equal(formatTable(columns, rows), "a.txt\t9\nb\t12");
 * assert.equal(formatTable(columns, rows, { width: 80 }), "name   size\na.txt     9\nb        12");
 * ```
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string {
  const { width, styleTitles = (titles) => titles } = options;
  if (width === undefined) {
    return rows.map((row) => row.map(oneLine).join("\t")).join("\n");
  }
  const cells = rows.map((row) => row.map(oneLine));
  const widths = columns.map((column, i) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[i])), displayWidth(column.title))
  );
  const shrinks = columns.findIndex((column) => column.shrinks);
  const total = widths.reduce((sum, each) => sum + each + 2, -2);
  if (shrinks >= 0 && total > width) {
    widths[shrinks] = Math.max(columns[shrinks].title.length, widths[shrinks] - total + width);
  }
  const line = (row: readonly string[]) =>
    row.map((cell, i) => pad(cutText(cell, widths[i]), widths[i], columns[i].align)).join("  ")
      .trimEnd();
  const titles = line(columns.map((column) => column.title));
  return [styleTitles(titles), ...cells.map(line)].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ");
}

function pad(text: string, width: number, align: Column["align"]): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "right" ? space + text : text + space;
}

/** Text cut to a width, with `…` where something is missing. */
export function cutText(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  let room = width - 1;
  for (const cluster of clusters(stripVTControlCharacters(text))) {
    if ((room -= cluster.width) < 0) break;
    kept += cluster.text;
  }
  return `${kept}…`;
}

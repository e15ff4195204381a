/**
 * Tables on the terminal, and as tab-separated text elsewhere.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import { styled } from "./styled.ts";

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers stand right. Default: left. */
  readonly align?: "left" | "right";
  /** The column that gets shorter where the terminal is narrow. Default: none does. */
  readonly shrinks?: boolean;
}

/** Options of {@link formatTable}. */
export interface TableOptions {
  /** Columns of the terminal; none means that nobody looks: tabs, no titles, nothing cut. */
  width?: number;
}

/** Formats rows as a table, without a final line break. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string {
  const { width } = options;
  if (width === undefined) {
    return rows.map((row) => row.map(oneLine).join("\t")).join("\n");
  }
  const cells = rows.map((row) => row.map(oneLine));
  const widths = columns.map((column, i) =>
    Math.max(displayWidth(column.title), ...cells.map((row) => displayWidth(row[i])))
  );
  const shrinks = columns.findIndex((column) => column.shrinks);
  const total = widths.reduce((sum, each) => sum + each + 2, -2);
  if (shrinks >= 0 && total > width) {
    widths[shrinks] = Math.max(columns[shrinks].title.length, widths[shrinks] - total + width);
  }
  const line = (row: readonly string[]) =>
    row.map((cell, i) => pad(cut(cell, widths[i]), widths[i], columns[i].align)).join("  ")
      .trimEnd();
  const titles = line(columns.map((column) => column.title));
  return [styled(titles, "dim"), ...cells.map(line)].join("\n");
}

/** Width of the terminal that stdout is, if it is one. */
export function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns || 80 : undefined;
}

function oneLine(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ");
}

/** Columns that text takes: East Asian wide characters and emoji take two. */
function displayWidth(text: string): number {
  let width = 0;
  for (const char of stripVTControlCharacters(text)) {
    width += /\p{Mark}/u.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  }
  return width;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

function pad(text: string, width: number, align: Column["align"]): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "right" ? space + text : text + space;
}

function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  for (const char of stripVTControlCharacters(text)) {
    if (displayWidth(kept + char) > width - 1) break;
    kept += char;
  }
  return `${kept}…`;
}

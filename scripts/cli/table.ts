/**
 * Tables in the style of this terminal.
 *
 * @module
 */

import {
  type Column,
  formatTable as format,
  type TableOptions,
} from "../../repl/display/format_table.ts";
import { styled } from "./styled.ts";

export type { Column } from "../../repl/display/format_table.ts";

/** Formats rows as a table with dim titles, without a final line break. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string {
  return format(columns, rows, { styleTitles: (titles) => styled(titles, "dim"), ...options });
}

/** Width of the terminal that stdout is, if it is one. */
export function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns || 80 : undefined;
}

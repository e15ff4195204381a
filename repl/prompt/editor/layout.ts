/**
 * Where the text of an entry stands on the terminal.
 *
 * @module
 */

import { clusters } from "../../display/display_width.ts";

/** What is shown of an entry, and where the cursor stands in it. */
export interface Layout {
  /** Rows of the terminal, each with what is written there. */
  readonly rows: readonly string[];
  /** Whether each row is full, so that what follows goes on in the next one by itself. */
  readonly wrapped: readonly boolean[];
  readonly cursorRow: number;
  readonly cursorColumn: number;
}

/** What to lay out. */
export interface LayoutInput {
  readonly text: string;
  readonly cursor: number;
  /** Prompt of the first line, and of the others. */
  readonly prompts: readonly [string, string];
  readonly width: number;
  /** SGR codes by UTF-16 unit. Default: no colours. */
  readonly codes?: readonly string[];
  /** SGR code of the prompts. Default: none. */
  readonly promptCode?: string;
}

/** Breaks an entry into the rows of a terminal. */
export function layOut(input: LayoutInput): Layout {
  const { text, cursor, prompts, codes, promptCode } = input;
  const width = Math.max(4, input.width);
  const rows: string[] = [];
  const wrapped: boolean[] = [];
  let row = "";
  let column = 0;
  let code = "";
  let cursorRow = 0;
  let cursorColumn = 0;

  function paint(next: string): void {
    if (next === code) return;
    row += next === "" ? "\x1b[0m" : `\x1b[0;${next}m`;
    code = next;
  }
  function endRow(isFull: boolean): void {
    const resume = code;
    paint("");
    rows.push(row);
    wrapped.push(isFull);
    row = "";
    column = 0;
    paint(resume);
  }
  function put(shown: string, columns: number, color: string): void {
    if (column + columns > width) endRow(true);
    paint(color);
    row += shown;
    column += columns;
  }

  let at = 0;
  for (const [index, line] of text.split("\n").entries()) {
    if (index > 0) {
      paint("");
      endRow(false);
    }
    for (const char of prompts[index === 0 ? 0 : 1]) put(char, 1, promptCode ?? "");
    for (const cluster of clusters(line)) {
      const here = at + cluster.at;
      const { shown, columns } = visible(cluster.text, cluster.width);
      if (here === cursor && column + columns > width) endRow(true);
      if (here === cursor) [cursorRow, cursorColumn] = [rows.length, column];
      put(shown, columns, codes?.[here] ?? "");
    }
    at += line.length;
    if (at === cursor) {
      if (column >= width) endRow(true);
      [cursorRow, cursorColumn] = [rows.length, column];
    }
    at++;
  }
  paint("");
  rows.push(row);
  wrapped.push(false);
  return { rows, wrapped, cursorRow, cursorColumn };
}

/** Tabs become spaces, and control characters what keyboards call them. */
function visible(text: string, width: number): { shown: string; columns: number } {
  if (text === "\t") return { shown: "    ", columns: 4 };
  const code = text.charCodeAt(0);
  if (code < 0x20) return { shown: `^${String.fromCharCode(code + 0x40)}`, columns: 2 };
  if (code === 0x7f) return { shown: "^?", columns: 2 };
  return { shown: text, columns: width };
}

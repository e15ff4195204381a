/**
 * Draws an entry on the terminal, again after each key.
 *
 * @module
 */

import { layOut } from "./layout.ts";
import type { Terminal } from "./terminal.ts";

/** What to draw. */
export interface ScreenContent {
  readonly text: string;
  readonly cursor: number;
  readonly codes: readonly string[] | undefined;
  readonly prompts: readonly [string, string];
  /** Lines below the entry. */
  readonly below: readonly string[];
}

/** The part of the terminal that an entry takes. */
export interface EntryScreen {
  draw(content: ScreenContent): void;
  /** The terminal has another size now. */
  resized(): void;
  /** Takes away what was drawn. */
  hide(): void;
  /** What was drawn is not there any more. */
  forget(): void;
  /** Leaves the entry as it is, and goes to the line below. */
  leave(mark: string): void;
}

/** Makes the part that begins where the cursor is. */
export function entryScreen(terminal: Terminal, color: boolean): EntryScreen {
  /** Row of the cursor among those that were drawn. */
  let cursorRow = 0;
  let last: ScreenContent | null = null;

  function draw(content: ScreenContent): void {
    last = content;
    const { rows, wrapped, row, column } = view(content);
    const below = content.below.slice(0, Math.max(0, terminal.rows - 1 - rows.length))
      .map((line) => color ? `\x1b[2m${line}\x1b[22m` : line);
    const up = rows.length + below.length - 1 - row;
    terminal.write(
      start() + join(rows, wrapped) + below.map((line) => `\r\n${line}`).join("") +
        (up > 0 ? `\x1b[${up}A` : "") + "\r" + (column > 0 ? `\x1b[${column}C` : ""),
    );
    cursorRow = row;
  }

  /** Of an entry that is higher than the screen, the part around the cursor. */
  function view(content: ScreenContent) {
    const layout = layOut({ ...content, width: terminal.columns, promptCode: color ? "34" : "" });
    const room = Math.max(1, terminal.rows - 1);
    const first = Math.max(0, Math.min(layout.cursorRow - (room >> 1), layout.rows.length - room));
    return {
      rows: layout.rows.slice(first, first + room),
      wrapped: layout.wrapped.slice(first, first + room),
      row: layout.cursorRow - first,
      column: layout.cursorColumn,
    };
  }

  /** To the first column of the first row, with nothing behind it. */
  function start(): string {
    return `${cursorRow > 0 ? `\x1b[${cursorRow}A` : ""}\r\x1b[J`;
  }

  return {
    draw,
    resized() {
      if (last === null) return;
      // Terminals wrap anew what they have wrapped themselves.
      cursorRow = view(last).row;
    },
    hide() {
      terminal.write(start());
      cursorRow = 0;
    },
    forget() {
      cursorRow = 0;
    },
    leave(mark) {
      if (last !== null) draw({ ...last, cursor: last.text.length, below: [] });
      terminal.write(`${mark}\r\n`);
    },
  };
}

/**
 * Rows as they are written. A full row goes on in the next one without a line break, so that the
 * terminal knows that the two belong together, when it changes its width or something is copied.
 */
function join(rows: readonly string[], wrapped: readonly boolean[]): string {
  return rows.map((row, i) => {
    if (i === rows.length - 1) return row;
    if (!wrapped[i]) return `${row}\r\n`;
    // The cursor stays behind the last column until there is something to write.
    return rows[i + 1] === "" ? `${row} \r` : row;
  }).join("");
}

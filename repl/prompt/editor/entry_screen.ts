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
    const { columns, rows } = terminal;
    const layout = layOut({ ...content, width: columns, promptCode: color ? "34" : "" });
    // Of an entry that is higher than the screen, the part around the cursor is shown.
    const room = Math.max(1, rows - 1);
    const first = Math.max(0, Math.min(layout.cursorRow - (room >> 1), layout.rows.length - room));
    const shown = layout.rows.slice(first, first + room);
    const below = content.below.slice(0, Math.max(0, rows - 1 - shown.length))
      .map((line) => color ? `\x1b[2m${line}\x1b[22m` : line);
    const lines = [...shown, ...below];
    const row = layout.cursorRow - first;
    const up = lines.length - 1 - row;
    terminal.write(
      start() + lines.join("\r\n") + (up > 0 ? `\x1b[${up}A` : "") + "\r" +
        (layout.cursorColumn > 0 ? `\x1b[${layout.cursorColumn}C` : ""),
    );
    cursorRow = row;
  }

  /** To the first column of the first row, with nothing behind it. */
  function start(): string {
    return `${cursorRow > 0 ? `\x1b[${cursorRow}A` : ""}\r\x1b[J`;
  }

  return {
    draw,
    resized() {
      if (last === null) return;
      cursorRow = layOut({ ...last, width: terminal.columns }).cursorRow;
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

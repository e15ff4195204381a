/**
 * Long text, screen by screen.
 *
 * @module
 */

import { clusters, displayWidth } from "../display/display_width.ts";
import type { Key } from "./editor/decode_keys.ts";
import type { Terminal } from "./editor/terminal.ts";

/** Shows a text; Space goes on, Enter by a line, q ends it. */
export async function pageText(text: string, terminal: Terminal, color: boolean): Promise<void> {
  const rows = text.replace(/\n$/, "").split("\n").flatMap((line) => wrap(line, terminal.columns));
  let at = 0;
  let room = terminal.rows - 1;
  while (true) {
    const next = rows.slice(at, at + room);
    for (const row of next) terminal.write(`${row}\r\n`);
    at += next.length;
    if (at >= rows.length) return;
    const share = `${Math.floor(100 * at / rows.length)} %: Space goes on, q ends`;
    terminal.write(color ? `\x1b[7m${share}\x1b[27m` : share);
    const key = await new Promise<Key>((resolve) => terminal.listen(resolve));
    terminal.listen(null);
    terminal.write(terminal.isPlain ? "\r\n" : "\r\x1b[K");
    if (key.text === "q" || key.name === "ctrl-c" || key.name === "ctrl-d") return;
    room = key.name === "enter" || key.name === "down" ? 1 : terminal.rows - 1;
  }
}

/** Lines with colours in them are left to the terminal. */
function wrap(line: string, width: number): string[] {
  if (displayWidth(line) <= width || line.includes("\x1b")) return [line];
  const rows: string[] = [];
  let row = "";
  let used = 0;
  for (const cluster of clusters(line)) {
    if (used + cluster.width > width) {
      rows.push(row);
      row = "";
      used = 0;
    }
    row += cluster.text;
    used += cluster.width;
  }
  return [...rows, row];
}

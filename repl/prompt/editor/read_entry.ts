/**
 * Lets somebody write and edit an entry of one line or several.
 *
 * @module
 */

import type { Key } from "./decode_keys.ts";
import { type EditBuffer, editBuffer, moveLine } from "./edit_buffer.ts";
import type { History } from "./history.ts";
import { historySearch } from "./history_search.ts";
import { highlight } from "./highlight.ts";
import { entryScreen } from "./entry_screen.ts";
import { plainScreen } from "./plain_screen.ts";
import { type Completion, completionList } from "./completion_list.ts";
import type { Terminal } from "./terminal.ts";

/** Options of {@linkcode readEntry}. */
export interface ReadEntryOptions {
  readonly terminal: Terminal;
  readonly history: History;
  readonly color: boolean;
  /** Whether a text is a whole entry, or goes on in another line. */
  readonly isComplete: (text: string) => boolean | Promise<boolean>;
  /** What could be written at the cursor. */
  readonly complete: (text: string, cursor: number) => Promise<Completion>;
  /** What a pasted text becomes. Default: itself. */
  readonly onPaste?: (text: string) => string | Promise<string>;
  /** Text to begin with. Default: none. */
  readonly text?: string;
}

/** What became of it: the entry, or how it was given up. */
export interface Entry {
  readonly kind: "entry" | "cancel" | "end";
  readonly text: string;
}

export const PROMPTS: readonly [string, string] = [">>> ", "... "];

/** Reads an entry. */
export function readEntry(options: ReadEntryOptions): Promise<Entry> {
  const { terminal, history, color } = options;
  const buffer = editBuffer();
  buffer.set(options.text ?? "");
  const screen = terminal.isPlain ? plainScreen(terminal) : entryScreen(terminal, color);
  const search = historySearch(history, buffer);
  let below: readonly string[] = [];
  /** Where in the history we are; its length for the entry itself. */
  let place = history.entries.length;
  let own = buffer.state.text;
  let prefix: string | null = null;
  /** Keys that came while another was being dealt with. */
  const keys: Key[] = [];

  function draw(): void {
    const { text, cursor } = buffer.state;
    const found = search.shown();
    screen.draw({
      text,
      cursor,
      codes: color ? highlight(text) : undefined,
      prompts: PROMPTS,
      below: found === null ? below : [found],
    });
  }

  /** Shows an entry of the history, or the one that was being written. */
  function recall(to: number, atStart: boolean): void {
    if (place === history.entries.length) own = buffer.state.text;
    place = to;
    const text = to === history.entries.length ? own : history.entries[to];
    const firstLine = text.indexOf("\n");
    buffer.set(text, atStart && firstLine >= 0 ? firstLine : text.length);
  }

  function older(key: string): void {
    if (key === "pageup" || key === "pagedown") {
      prefix ??= buffer.state.text.slice(0, buffer.state.cursor);
      const by = key === "pageup" ? -1 : 1;
      const wanted = prefix;
      const to = history.find((entry) => entry.startsWith(wanted), place + by, by);
      if (to >= 0) {
        recall(to, false);
        buffer.set(buffer.state.text, Math.min(wanted.length, buffer.state.text.length));
      }
      return;
    }
    const by = key === "up" || key === "ctrl-p" || key === "alt-<" ? -1 : 1;
    if (key === "alt-<" || key === "alt->") {
      recall(by < 0 ? 0 : history.entries.length, by < 0);
      return;
    }
    const moved = moveLine(buffer.state, by);
    if (moved !== null) buffer.set(moved.text, moved.cursor);
    else if (place + by >= 0 && place + by <= history.entries.length) recall(place + by, by < 0);
  }

  async function enter(key: string): Promise<Entry | null> {
    const { text, cursor } = buffer.state;
    const inside = text.slice(cursor).includes("\n");
    if (key === "alt-enter" || inside || !(await options.isComplete(text))) {
      buffer.insert(`\n${keys.length > 0 ? "" : indentAt(text, cursor)}`);
      return null;
    }
    buffer.set(text);
    below = [];
    draw();
    return { kind: "entry", text };
  }

  async function tab(): Promise<void> {
    const { text, cursor } = buffer.state;
    const before = text.slice(text.lastIndexOf("\n", cursor - 1) + 1, cursor);
    if (before.trim() === "") return buffer.insert("  ");
    const found = await options.complete(text, cursor);
    const { insert, list } = completionList(found, text.slice(found.from, cursor), terminal);
    const end = cursor;
    buffer.set(text.slice(0, found.from) + insert + text.slice(end), found.from + insert.length);
    below = list;
  }

  /** What a key does; an entry when it ends it. */
  async function press({ name, text }: Key): Promise<Entry | null> {
    below = [];
    if (search.press(name, text)) return null;
    if (name !== "pageup" && name !== "pagedown") prefix = null;
    switch (name) {
      case "text":
        buffer.insert(text);
        if (/^[}\])]$/.test(text)) dedent(buffer);
        return null;
      case "paste":
        buffer.insert(await (options.onPaste ?? ((pasted: string) => pasted))(text));
        return null;
      case "enter":
      case "ctrl-j":
      case "alt-enter":
        return await enter(name);
      case "tab":
        await tab();
        return null;
      case "up":
      case "down":
      case "ctrl-p":
      case "ctrl-n":
      case "alt-<":
      case "alt->":
      case "pageup":
      case "pagedown":
        older(name);
        return null;
      case "ctrl-r":
        search.begin();
        return null;
      case "ctrl-l":
        terminal.write(terminal.isPlain ? "\r\n" : "\x1b[H\x1b[2J");
        screen.forget();
        return null;
      case "ctrl-c":
        buffer.set(buffer.state.text);
        draw();
        return { kind: "cancel", text: buffer.state.text };
      case "ctrl-d":
        if (buffer.state.text === "") return { kind: "end", text: "" };
    }
    buffer.press(name);
    return null;
  }

  return new Promise((resolve, reject) => {
    let busy = false;
    let over = false;
    const redraw = () => {
      if (over) return;
      screen.resized();
      draw();
    };
    terminal.onResize(redraw);
    terminal.share({
      hide: screen.hide,
      leave: () => screen.leave(""),
      draw() {
        screen.forget();
        draw();
      },
    });
    draw();
    terminal.listen((key) => {
      keys.push(key);
      if (!busy) work().catch(reject);
    });

    async function work(): Promise<void> {
      busy = true;
      while (keys.length > 0) {
        const entry = await press(keys.shift()!);
        if (entry !== null) {
          over = true;
          terminal.offResize(redraw);
          terminal.share(null);
          terminal.listen(null);
          terminal.putBack(keys);
          screen.leave(entry.kind === "cancel" ? "^C" : "");
          return resolve(entry);
        }
        if (keys.length === 0) draw();
      }
      busy = false;
    }
  });
}

/** The indent of a new line: that of the line above, and more behind an opening bracket. */
function indentAt(text: string, cursor: number): string {
  const line = text.slice(text.lastIndexOf("\n", cursor - 1) + 1, cursor);
  const indent = /^ */.exec(line)![0];
  return /[{([]\s*$|=>\s*$/.test(line) ? `${indent}  ` : indent;
}

/** A bracket that closes stands two columns to the left of what it encloses. */
function dedent(buffer: EditBuffer): void {
  const { text, cursor } = buffer.state;
  const start = text.lastIndexOf("\n", cursor - 1) + 1;
  if (start === 0 || !/^(?: {2})+[}\])]$/.test(text.slice(start, cursor))) return;
  buffer.set(text.slice(0, start) + text.slice(start + 2), cursor - 2);
}

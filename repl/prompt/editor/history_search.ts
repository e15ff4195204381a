/**
 * Reverse search in the history.
 *
 * @module
 */

import type { EditBuffer } from "./edit_buffer.ts";
import type { History } from "./history.ts";

/** A search that goes on, or not. */
export interface HistorySearch {
  begin(): void;
  /** What to show below the entry; null while nothing is searched. */
  shown(): string | null;
  /** Whether the search took the key for itself. */
  press(name: string, text: string): boolean;
}

/** Searches the history backwards while somebody types what to look for. */
export function historySearch(history: History, buffer: EditBuffer): HistorySearch {
  let query: string | null = null;
  let at = 0;
  let before = buffer.state;
  let failed = false;

  function find(from: number): void {
    const wanted = query!;
    const found = history.find((entry) => entry.includes(wanted), from, -1);
    failed = found < 0;
    if (failed) return;
    at = found;
    const entry = history.entries[found];
    buffer.set(entry, entry.indexOf(wanted) + wanted.length);
  }

  return {
    begin(): void {
      query = "";
      at = history.entries.length;
      before = buffer.state;
      failed = false;
    },
    shown: () => query === null ? null : `${failed ? "no " : ""}reverse search: ${query}`,
    press(name: string, text: string): boolean {
      if (query === null) return false;
      switch (name) {
        case "text":
          query += text;
          find(Math.min(at, history.entries.length - 1));
          return true;
        case "backspace":
          query = query.slice(0, -1);
          find(history.entries.length - 1);
          return true;
        case "ctrl-r":
          find(at - 1);
          return true;
        case "ctrl-g":
        case "ctrl-c":
          buffer.set(before.text, before.cursor);
          query = null;
          return true;
      }
      // Any other key goes on with what was found.
      query = null;
      return name === "escape";
    },
  };
}

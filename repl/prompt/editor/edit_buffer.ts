/**
 * The text that is being edited, and what keys do to it.
 *
 * @module
 */

import { clusters } from "../../display/display_width.ts";

/** Text with a cursor. Offsets are in UTF-16 units. */
export interface EditState {
  readonly text: string;
  readonly cursor: number;
}

/** Edits a text of several lines; remembers what was killed, and how to undo. */
export interface EditBuffer {
  readonly state: EditState;
  /** Replaces everything, for instance by an entry of the history. */
  set(text: string, cursor?: number): void;
  insert(text: string): void;
  /** Carries out what a key means; false for one that means nothing here. */
  press(key: string): boolean;
}

type Edit = (state: EditState) => EditState;

/** Makes an empty buffer. */
export function editBuffer(): EditBuffer {
  let state: EditState = { text: "", cursor: 0 };
  let killed = "";
  let undo: EditState[] = [];
  let typing = false;

  function change(next: EditState, isTyping = false): void {
    if (next.text !== state.text && !(typing && isTyping)) undo = [...undo.slice(-200), state];
    typing = isTyping;
    state = next;
  }

  function kill(from: number, to: number): void {
    if (from === to) return;
    killed = state.text.slice(from, to);
    change(replace(state, from, to, ""));
  }

  function killTo(edit: Edit): void {
    const other = edit(state).cursor;
    kill(Math.min(other, state.cursor), Math.max(other, state.cursor));
  }

  return {
    get state() {
      return state;
    },
    set(text, cursor = text.length) {
      change({ text, cursor });
    },
    insert(text) {
      change(replace(state, state.cursor, state.cursor, text), !/\s/.test(text));
    },
    press(key) {
      const move = MOVES[key];
      if (move !== undefined) {
        state = move(state);
        typing = false;
        return true;
      }
      switch (key) {
        case "backspace": {
          const { text, cursor } = state;
          const blank = /(?:^|\n)( {2})+$/.test(text.slice(0, cursor)) ? 2 : 0;
          change(replace(state, blank ? cursor - blank : left(state).cursor, cursor, ""));
          return true;
        }
        case "delete":
        case "ctrl-d":
          change(replace(state, state.cursor, right(state).cursor, ""));
          return true;
        case "ctrl-k": {
          const end = lineEnd(state).cursor;
          kill(state.cursor, end === state.cursor ? right(state).cursor : end);
          return true;
        }
        case "ctrl-u":
          killTo(lineStart);
          return true;
        case "ctrl-w":
          killTo(blankLeft);
          return true;
        case "alt-backspace":
        case "ctrl-backspace":
          killTo(wordLeft);
          return true;
        case "alt-d":
        case "ctrl-delete":
          killTo(wordRight);
          return true;
        case "ctrl-y":
          change(replace(state, state.cursor, state.cursor, killed));
          return true;
        case "ctrl-t":
          change(transpose(state));
          return true;
        case "ctrl-_": {
          const before = undo.pop();
          if (before) state = before;
          typing = false;
          return true;
        }
      }
      return false;
    },
  };
}

const MOVES: Readonly<Record<string, Edit>> = {
  "left": left,
  "ctrl-b": left,
  "right": right,
  "ctrl-f": right,
  "home": lineStart,
  "ctrl-a": lineStart,
  "end": lineEnd,
  "ctrl-e": lineEnd,
  "alt-b": wordLeft,
  "ctrl-left": wordLeft,
  "alt-left": wordLeft,
  "alt-f": wordRight,
  "ctrl-right": wordRight,
  "alt-right": wordRight,
  "ctrl-home": (state) => ({ ...state, cursor: 0 }),
  "ctrl-end": (state) => ({ ...state, cursor: state.text.length }),
};

function replace({ text }: EditState, from: number, to: number, by: string): EditState {
  return { text: text.slice(0, from) + by + text.slice(to), cursor: from + by.length };
}

function left(state: EditState): EditState {
  const before = state.text.slice(0, state.cursor);
  if (before.endsWith("\n")) return { ...state, cursor: state.cursor - 1 };
  const start = before.lastIndexOf("\n") + 1;
  return { ...state, cursor: start + (clusters(before.slice(start)).at(-1)?.at ?? -start) };
}

function right(state: EditState): EditState {
  const after = state.text.slice(state.cursor);
  if (after === "") return state;
  if (after.startsWith("\n")) return { ...state, cursor: state.cursor + 1 };
  const [first] = clusters(after.split("\n", 1)[0]);
  return { ...state, cursor: state.cursor + first.text.length };
}

function lineStart({ text, cursor }: EditState): EditState {
  return { text, cursor: cursor === 0 ? 0 : text.lastIndexOf("\n", cursor - 1) + 1 };
}

function lineEnd({ text, cursor }: EditState): EditState {
  const end = text.indexOf("\n", cursor);
  return { text, cursor: end < 0 ? text.length : end };
}

function wordLeft({ text, cursor }: EditState): EditState {
  const found = /[\p{L}\p{N}_$]+[^\p{L}\p{N}_$]*$/u.exec(text.slice(0, cursor));
  return { text, cursor: found?.index ?? 0 };
}

function wordRight({ text, cursor }: EditState): EditState {
  const found = /^[^\p{L}\p{N}_$]*[\p{L}\p{N}_$]+/u.exec(text.slice(cursor));
  return { text, cursor: found === null ? text.length : cursor + found[0].length };
}

function blankLeft({ text, cursor }: EditState): EditState {
  const found = /\S+\s*$/.exec(text.slice(0, cursor));
  return { text, cursor: found?.index ?? 0 };
}

function transpose(state: EditState): EditState {
  const { text, cursor } = state;
  const at = cursor === text.length ? cursor - 1 : cursor;
  if (at < 1 || text.slice(at - 1, at + 1).includes("\n")) return state;
  const swapped = text[at] + text[at - 1];
  return { text: text.slice(0, at - 1) + swapped + text.slice(at + 1), cursor: at + 1 };
}

/** The cursor a line up or down, in the same column; null where there is no such line. */
export function moveLine({ text, cursor }: EditState, by: 1 | -1): EditState | null {
  const start = text.lastIndexOf("\n", cursor - 1) + 1;
  const column = cursor - (cursor === 0 ? 0 : start);
  if (by < 0) {
    if (cursor === 0 || start === 0) return null;
    const above = start < 2 ? 0 : text.lastIndexOf("\n", start - 2) + 1;
    return { text, cursor: Math.min(above + column, start - 1) };
  }
  const end = text.indexOf("\n", cursor);
  if (end < 0) return null;
  const next = text.indexOf("\n", end + 1);
  return { text, cursor: Math.min(end + 1 + column, next < 0 ? text.length : next) };
}

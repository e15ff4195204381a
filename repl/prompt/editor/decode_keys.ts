/**
 * What comes from a terminal in raw mode, as keys.
 *
 * @module
 */

/** A key, or a piece of text that was pasted. */
export interface Key {
  /**
   * `text` for characters, `paste` for what was pasted, else the name of the key: `enter`, `tab`,
   * `up`, `home`, `ctrl-c`, `alt-b`, `ctrl-left`, …; `unknown` for a sequence nobody knows.
   */
  readonly name: string;
  /** The characters of `text` and `paste`. */
  readonly text: string;
}

/** Turns chunks of input into keys; sequences may be split anywhere. */
export interface KeyDecoder {
  decode(chunk: string): Key[];
  /** What was left of an unfinished sequence: a lone Escape. */
  flush(): Key[];
  /** Is a sequence unfinished? */
  readonly waiting: boolean;
  /** Is a paste unfinished? */
  readonly pasting: boolean;
}

const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";

/**
 * Makes a decoder for what xterm and its kin send, bracketed paste included.
 *
 * @example Keys, and a paste
 * ```ts
 * import assert from "node:assert/strict";
 * import { keyDecoder } from "runlit/decode-keys";
 *
 * const keys = keyDecoder().decode("ab\x1b[A\x03\x1b[200~x\ry\x1b[201~");
 * assert.deepEqual(keys.map((key) => key.name), ["text", "up", "ctrl-c", "paste"]);
 * assert.equal(keys[3].text, "x\ny");
 * ```
 */
export function keyDecoder(): KeyDecoder {
  let rest = "";
  return {
    decode(chunk) {
      const keys: Key[] = [];
      const input = rest + chunk;
      let at = 0;
      while (at < input.length) {
        const found = readKey(input, at);
        if (found === null) break;
        at += found.length;
        keys.push(found.key);
      }
      rest = input.slice(at);
      return keys;
    },
    flush() {
      const input = rest;
      rest = "";
      if (input === "") return [];
      if (input.startsWith(PASTE_START)) return [pasted(input.slice(PASTE_START.length))];
      return [named(input === "\x1b" ? "escape" : "unknown")];
    },
    get waiting() {
      return rest !== "";
    },
    get pasting() {
      return rest.startsWith(PASTE_START);
    },
  };
}

interface Found {
  readonly key: Key;
  readonly length: number;
}

/** The key at a place of the input; null when more input is needed to tell. */
function readKey(input: string, at: number): Found | null {
  const code = input.charCodeAt(at);
  if (code === 0x1b) return readEscape(input, at);
  if (code < 0x20 || code === 0x7f) return { key: named(controlName(code)), length: 1 };
  let end = at + 1;
  while (end < input.length && !isControl(input.charCodeAt(end))) end++;
  // Half of a surrogate pair waits for the other one.
  const last = input.charCodeAt(end - 1);
  if (end === input.length && last >= 0xd800 && last < 0xdc00) {
    if (--end === at) return null;
  }
  return { key: { name: "text", text: input.slice(at, end) }, length: end - at };
}

function readEscape(input: string, at: number): Found | null {
  if (input.startsWith(PASTE_START, at)) {
    const end = input.indexOf(PASTE_END, at);
    if (end < 0) return null;
    const text = input.slice(at + PASTE_START.length, end);
    return { key: pasted(text), length: end + PASTE_END.length - at };
  }
  const next = input[at + 1];
  if (next === undefined) return null;
  if (next === "[" || next === "O") {
    SEQUENCE.lastIndex = at;
    const found = SEQUENCE.exec(input);
    if (found === null) return input.length - at < 32 ? null : { key: named("unknown"), length: 2 };
    return { key: named(sequenceName(found)), length: found[0].length };
  }
  const inner = readKey(input, at + 1);
  if (inner === null) return null;
  if (inner.key.name === "text") {
    const char = String.fromCodePoint(inner.key.text.codePointAt(0)!);
    return { key: named(`alt-${char}`), length: 1 + char.length };
  }
  return { key: named(`alt-${inner.key.name}`), length: 1 + inner.length };
}

const SEQUENCE = /\x1b[[O](\d*)(?:;(\d+))?(?:;\d+)*([A-Za-z~^$u])/y;

const BY_LETTER: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
  Z: "shift-tab",
  M: "enter",
};
const BY_NUMBER: Readonly<Record<string, string>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "pageup",
  6: "pagedown",
  7: "home",
  8: "end",
};

function sequenceName([, number, modifier, letter]: RegExpExecArray): string {
  if (letter === "u" && number === "13") return `${modifiers(modifier)}enter`;
  const name = letter === "~" ? BY_NUMBER[number] : BY_LETTER[letter];
  return name === undefined ? "unknown" : modifiers(modifier) + name;
}

/** Modifiers come as a number: 1 and a bit each for Shift, Alt and Ctrl. */
function modifiers(number: string | undefined): string {
  const bits = Number(number ?? 1) - 1;
  return (bits & 4 ? "ctrl-" : "") + (bits & 2 ? "alt-" : "") +
    (bits & 1 && !(bits & 6) ? "shift-" : "");
}

function controlName(code: number): string {
  switch (code) {
    case 0x0d:
      return "enter";
    case 0x0a:
      return "ctrl-j";
    case 0x09:
      return "tab";
    case 0x7f:
    case 0x08:
      return "backspace";
    case 0x00:
      return "ctrl-space";
    case 0x1f:
      return "ctrl-_";
    default:
      return `ctrl-${String.fromCharCode(code + 0x60)}`;
  }
}

function isControl(code: number): boolean {
  return code < 0x20 || code === 0x7f;
}

function named(name: string): Key {
  return { name, text: "" };
}

function pasted(text: string): Key {
  return { name: "paste", text: text.replace(/\r\n?/g, "\n") };
}

/**
 * Python's string literals: read, and written in the same quotes.
 *
 * @module
 */

import { escapeCode } from "./_literals.ts";

/** A string or bytes literal. */
export interface PythonString {
  readonly value: string;
  /** Lower or upper case, as written: `r`, `Rb`, `u` or nothing. */
  readonly prefix: string;
  readonly quote: string;
}

/** Reads a literal; undefined for what is none, or holds more than text. */
export function readPythonString(token: string): PythonString | undefined {
  const [, prefix, quote] = /^([a-zA-Z]*)('''|"""|'|")/.exec(token) ?? [];
  if (quote === undefined || !/^(?:u|r?b?|br)$/i.test(prefix)) return undefined;
  const content = token.slice(prefix.length + quote.length, -quote.length);
  if (!token.endsWith(quote) || token.length < prefix.length + 2 * quote.length) return undefined;
  // Python reads source with every line end as one newline.
  const text = content.replace(/\r\n?/g, "\n");
  const isBytes = /b/i.test(prefix);
  const value = /r/i.test(prefix) ? text : unescape(text, isBytes);
  if (value === undefined || (isBytes && /[^\0-\x7f]/.test(value))) return undefined;
  return { value, prefix, quote };
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function unescape(text: string, isBytes: boolean): string | undefined {
  if (!text.includes("\\")) return text;
  // A character by its Unicode name: there is no table of these here.
  if (!isBytes && /(?<!\\)(?:\\\\)*\\N/.test(text)) return undefined;
  const pattern = isBytes
    ? /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|([^]))/g
    : /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g;
  let valid = true;
  const value = text.replace(pattern, (match: string, octal: string, ...groups: string[]) => {
    const hex = groups.slice(0, isBytes ? 1 : 3).find((group) => group !== undefined);
    const code = octal !== undefined ? parseInt(octal, 8) : hex && parseInt(hex, 16);
    if (typeof code === "number") {
      if (code <= 0x10ffff) return String.fromCodePoint(code);
      valid = false;
      return "";
    }
    const char = groups[isBytes ? 1 : 3];
    if (/[xuU]/.test(char) && !(isBytes && char !== "x")) valid = false;
    return ESCAPES[char] ?? match;
  });
  return valid ? value : undefined;
}

/** Options of {@linkcode writePythonString}. */
export interface WritePythonStringOptions {
  /** Whether everything but ASCII has to be escaped. */
  readonly ascii: boolean;
  /** Line end of the source. */
  readonly eol: string;
}

/** Writes a string with the quotes and prefix of another. Throws for bytes that are not ASCII. */
export function writePythonString(
  value: string,
  like: Omit<PythonString, "value">,
  options: WritePythonStringOptions,
): string {
  const { quote } = like;
  const isBytes = /b/i.test(like.prefix);
  if (isBytes && /[^\0-\x7f]/.test(value)) {
    throw new TypeError("a bytes literal cannot hold characters beyond ASCII");
  }
  if (/r/i.test(like.prefix) && isRaw(value, quote, options)) {
    return like.prefix + quote + value.replaceAll("\n", options.eol) + quote;
  }
  const prefix = like.prefix.replace(/r/i, "");
  return prefix + quote + escape(value, quote, isBytes, options) + quote;
}

/** Whether a raw literal can hold a value, which has to be readable there as well. */
function isRaw(value: string, quote: string, options: WritePythonStringOptions): boolean {
  if (/\\$/.test(value) || value.includes(quote) || value.endsWith(quote[0])) return false;
  if (quote.length === 1 && value.includes("\n")) return false;
  return !(options.ascii ? /[^\t\n -~]/ : /[\0-\x08\x0b-\x1f\x7f-\x9f\p{Cs}]/u).test(value);
}

const SHORT: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escape(
  value: string,
  quote: string,
  isBytes: boolean,
  options: WritePythonStringOptions,
): string {
  const isLong = quote.length === 3;
  let text = "";
  let run = 0;
  let at = 0;
  for (const char of value) {
    at += char.length;
    run = char === quote[0] ? run + 1 : 0;
    if (run > 0) {
      // In triple quotes only a third in a row, or a last one, would end the string.
      const ends = !isLong || run === 3 || at === value.length;
      text += ends ? `\\${char}` : char;
      if (ends) run = 0;
    } else if (isLong && char === "\n") {
      text += options.eol;
    } else if (isLong && char === "\t") {
      text += char;
    } else {
      text += SHORT[char] ?? escapeChar(char, isBytes || options.ascii);
    }
  }
  return text;
}

function escapeChar(char: string, ascii: boolean): string {
  const code = char.codePointAt(0) as number;
  const isPlain = ascii ? code >= 32 && code < 127 : /^[ \p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char);
  if (isPlain) return char;
  if (code < 0x100) return escapeCode("\\x", code, 2);
  return code < 0x10000 ? escapeCode("\\u", code, 4) : escapeCode("\\U", code, 8);
}

/**
 * YAML's flow scalars: plain, single-quoted and double-quoted.
 *
 * @module
 */

import { escapeCode } from "./_literals.ts";

/** What YAML 1.1 takes for a date or time. */
export const TIMESTAMP: RegExp = /^\d{4}-\d\d?-\d\d?(?:[Tt \t]+[\d:.]+(?:\s*(?:Z|[-+][\d:]+))?)?$/;

const RESERVED = /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<)$/i;

const NUMBER =
  /^[-+]?(?:0x[\da-f_]+|0o[0-7_]+|0b[01_]+|\d[\d_]*(?::[0-5]?\d)*(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.[\d_]+(?:e[-+]?\d+)?|\.inf|\.nan)$/i;

/** Everything that is no printable character, or a line break of some readers. */
const SPECIAL = /[\0-\x1f\x7f-\xa0\u2028\u2029\ufeff]/;

/** Whether a text without quotes is that text, in YAML 1.1 and 1.2 alike. */
export function isPlain(text: string, inFlow: boolean): boolean {
  if (RESERVED.test(text) || NUMBER.test(text) || SPECIAL.test(text)) return false;
  if (/^$|^\s|\s$|^(?:---|\.\.\.)|:\s|:$|\s#/.test(text)) return false;
  if (/^[,[\]{}#&*!|>'"%@`]|^[-?:](?:\s|$)/.test(text)) return false;
  return !inFlow || !/[,[\]{}:?]/.test(text);
}

/** Writes a text in single quotes; undefined if they cannot hold it. */
export function writeSingle(text: string): string | undefined {
  return SPECIAL.test(text) ? undefined : `'${text.replaceAll("'", "''")}'`;
}

const SHORT: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** Writes a text in double quotes, on one line. */
export function writeDouble(text: string): string {
  const escaped = text.replace(/[\\"\0-\x1f\x7f-\xa0\u2028\u2029\ufeff]/g, (char) => {
    const code = char.charCodeAt(0);
    return SHORT[char] ??
      (code < 0x100 ? escapeCode("\\x", code, 2) : escapeCode("\\u", code, 4));
  });
  return `"${escaped}"`;
}

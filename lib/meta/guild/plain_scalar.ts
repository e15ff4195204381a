/**
 * What text without quotes means: Guild's rules, which are YAML's of 1.1 and Python's.
 *
 * @internal
 * @module
 */

import type { JsonValue } from "../../types.ts";

const BOOLEAN =
  /^(?:(yes|Yes|YES|true|True|TRUE|on|On|ON)|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER = /^[-+]?[0-9]+$/;
const HEX = /^([-+]?)(0x[0-9a-fA-F]+|0b[01]+)$/;
const FLOAT = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;
const SPECIAL = /^([-+]?)\.?(?:inf|infinity)$|^[-+]?\.?nan$/i;

/**
 * Reads text that stands without quotes. Dates, and numbers with `_` or `:` in them, are texts. An
 * integer that a number cannot hold exactly is the string of its digits.
 */
export function plainScalar(text: string): JsonValue {
  if (text === "null" || text === "Null" || text === "NULL" || text === "~") return null;
  const boolean = BOOLEAN.exec(text);
  if (boolean !== null) return boolean[1] !== undefined;
  return plainNumber(text) ?? text;
}

/** Reads a number, or the digits of one that is too large; undefined for anything else. */
export function plainNumber(text: string): number | string | undefined {
  if (INTEGER.test(text)) {
    const value = Number(text);
    if (Number.isSafeInteger(value)) return value + 0;
    return String(BigInt(text.replace(/^\+/, "")));
  }
  if (FLOAT.test(text)) return Number(text);
  const hex = HEX.exec(text);
  if (hex !== null) return (hex[1] === "-" ? -1 : 1) * Number(hex[2]);
  const special = SPECIAL.exec(text);
  if (special === null) return undefined;
  return special[1] === undefined ? NaN : special[1] === "-" ? -Infinity : Infinity;
}

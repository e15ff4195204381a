/**
 * Settings of shell scripts: plain values that are assigned to variables outside of any block.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import { plainScalar } from "../meta/guild/plain_scalar.ts";
import { formatVariable } from "./flag_env.ts";
import { FlagError } from "./flag_error.ts";
import { shellQuote } from "../meta/guild/shell_quote.ts";

/** A variable, and the place of what is assigned to it. */
export interface ShellAssignment {
  readonly name: string;
  readonly value: JsonValue;
  /** Offsets of the value in the source, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Counted from 1. */
  readonly line: number;
}

const ASSIGNMENT =
  /^(?:(?:export|readonly|declare|typeset|local)[ \t]+(?:-\w+[ \t]+)*)?([A-Za-z_]\w*)=|^:[ \t]+"?(?=\$\{([A-Za-z_]\w*):?=)/;
const WORD = /^(?:'([^']*)'|"([^"$`\\]*)"|([^\s;&|<>()$`"'\\*?[\]{}~#]*))(?=\s*(?:$|;|#|&&))/;
const DEFAULT =
  /^("?)\$\{(\w+):?[-=](?:'([^'}]*)'|"([^"$`\\}]*)"|([^}"'$`\\]*))\}\1(?=\s*(?:$|;|#))/;

/**
 * Finds the assignments of plain values at the beginning of a line: `lr=0.1`, `export name='a b'`,
 * `seed="${seed:-1}"` and `: "${seed:=1}"`. Of several to one variable the first counts. Texts of
 * here documents are passed over.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { shellAssignments } from "runlit/shell-assignments";
 *
 * const found = shellAssignments("lr=0.1 # rate\nname='a b'\nseed=${SEED:-1}\nnow=$(date)\n");
 * assert.deepEqual(found.map(({ name, value }) => [name, value]), [["lr", 0.1], ["name", "a b"]]);
 * ```
 */
export function shellAssignments(source: string): ShellAssignment[] {
  const found = new Map<string, ShellAssignment>();
  let at = 0;
  let line = 0;
  let here: string | null = null;
  for (const text of source.split("\n")) {
    line++;
    const start = at;
    at += text.length + 1;
    if (here !== null) {
      if (text.trim() === here) here = null;
      continue;
    }
    here = /<<-?\s*["']?(\w+)["']?/.exec(text)?.[1] ?? null;
    const match = ASSIGNMENT.exec(text);
    if (match === null) continue;
    const name = match[1] ?? match[2];
    const rest = text.slice(match[0].length);
    const value = readValue(rest, name, match[2] !== undefined);
    if (value === null || found.has(name)) continue;
    const from = start + match[0].length;
    found.set(name, { name, value: value.value, start: from, end: from + value.length, line });
  }
  return [...found.values()];
}

function readValue(
  rest: string,
  name: string,
  isDefault: boolean,
): { value: JsonValue; length: number } | null {
  const expansion = (isDefault ? DEFAULT_IN_QUOTES : DEFAULT).exec(rest);
  if (expansion !== null) {
    const [whole, , variable, single, double, plain] = expansion;
    // `lr=${LR:-0.1}` is a setting of another name.
    if (variable !== name) return null;
    return { value: textValue(single ?? double, plain), length: whole.length };
  }
  const word = WORD.exec(rest);
  if (word === null) return null;
  const [whole, single, double, plain] = word;
  return { value: textValue(single ?? double, plain), length: whole.length };
}

/** As {@linkcode DEFAULT}, behind a quote that was read already. */
const DEFAULT_IN_QUOTES = /^()\$\{(\w+):?=(?:'([^'}]*)'|"([^"$`\\}]*)"|([^}"'$`\\]*))\}/;

function textValue(quoted: string | undefined, plain: string | undefined): JsonValue {
  if (plain === undefined || plain === "") return quoted ?? plain ?? "";
  // In a shell `yes` and `null` are words, but numbers are numbers.
  const value = plainScalar(plain);
  return typeof value === "number" || /^(?:true|false)$/.test(plain) ? value : plain;
}

/**
 * Sets variables in a shell script, and leaves every other byte as it is.
 *
 * @throws {FlagError} The script does not assign a plain value to a variable.
 */
export function patchShell(
  source: string,
  values: Readonly<Record<string, JsonValue>>,
): string {
  const places = new Map(shellAssignments(source).map((each) => [each.name, each]));
  const edits = Object.entries(values).map(([name, value]) => {
    const place = places.get(name);
    if (place === undefined) {
      throw new FlagError(`Cannot set '${name}': the script assigns no plain value to it`, {
        flag: name,
      });
    }
    return { ...place, value };
  }).filter((edit) => edit.value !== places.get(edit.name)!.value);
  edits.sort((a, b) => b.start - a.start);
  let text = source;
  for (const { name, start, end, value } of edits) {
    const word = typeof value === "boolean" ? String(value) : formatVariable(value);
    const isDefault = source.slice(start).startsWith("${") && source[start - 1] !== "=";
    // `: "${x:=1}"` becomes `: "${x:=2}"`; an assignment becomes one of the value itself, which no
    // variable of the caller's can change.
    const quoted = isDefault
      ? `\${${name}:=${word.replace(/["\\$`}]/g, "\\$&")}}`
      : shellQuote(word);
    text = text.slice(0, start) + quoted + text.slice(end);
  }
  return text;
}

/**
 * What every format's reader yields, and what every format's writer takes.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import type { ConfigEntry } from "./config_entry.ts";

/** A key of a source file, and the place of its value. */
export interface Found extends Omit<ConfigEntry, "line"> {
  /** Why the value is none that can be read or replaced, such as `it is an expression`. */
  readonly problem?: string;
}

/** Reads and writes the values of one format. */
export interface FormatModule {
  /**
   * Finds all keys, lists and objects before what is in them. The same key twice means that the key
   * is ambiguous. Throws a `SyntaxError` with a `line` if the source cannot be read.
   */
  scan(source: string): Promise<Found[]>;
  /** Spells a value so that it can take the found one's place. Throws a `TypeError` if none can. */
  write(value: JsonValue, found: Found, source: string): string;
}

/** An item of a list or object: its name there, and what adds it to the found keys. */
export interface Item {
  readonly name: string;
  /** Returns undefined if the item is no value. */
  readonly add: (key: string) => JsonValue | undefined;
}

/** A list or object to be added by {@linkcode addContainer}. */
export interface Container {
  readonly key: string;
  readonly type: "list" | "object";
  readonly start: number;
  readonly end: number;
  readonly items: readonly Item[];
  /** Whether the items are all there is in it. */
  readonly complete: boolean;
  readonly problem?: string;
}

/** Adds a list or object and what is in it. It has a value only if everything in it has. */
export function addContainer(found: Found[], container: Container): JsonValue | undefined {
  const { key, type, start, end } = container;
  const index = found.push({ key, type, start, end, value: null }) - 1;
  let { complete } = container;
  const members: [string, JsonValue][] = [];
  // Of equal names the last counts, as in all languages that allow them.
  const last = new Map(container.items.map((item) => [item.name, item]));
  for (const item of container.items) {
    if (last.get(item.name) !== item) continue;
    const value = item.add(key === "" ? item.name : `${key}.${item.name}`);
    if (value === undefined) complete = false;
    else members.push([item.name, value]);
  }
  const problem = complete ? container.problem : "not all that is in it is a plain value";
  // From entries, so that even a member named `__proto__` is one.
  const value = type === "list" ? members.map((member) => member[1]) : Object.fromEntries(members);
  found[index] = { key, type, start, end, value, problem };
  return complete ? value : undefined;
}

/** An integer as a number, or as a string of its digits if a number cannot hold it. */
export function integer(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** Whether a value stands for an integer that a number cannot hold, as {@linkcode integer} has it. */
export function isBigInteger(value: JsonValue): value is string {
  return typeof value === "string" && /^-?[1-9]\d{15,}$/.test(value) &&
    !Number.isSafeInteger(Number(value));
}

/** An error for source that cannot be read, with its line. */
export function syntaxError(message: string, line: number, cause?: unknown): SyntaxError {
  return Object.assign(new SyntaxError(message, { cause }), { line });
}

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

/** A list or object: its key, its place, and what there is to know beyond its items. */
export interface Container {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** Whether the items are all there is in it. Default: true. */
  readonly complete?: boolean;
  readonly problem?: string;
}

/** Adds an item under its key. Returns undefined if the item is no value. */
type AddItem<T> = (key: string, item: T) => JsonValue | undefined;

/** Adds a list and what is in it. It has a value only if everything in it has. */
export function addList<T>(
  found: Found[],
  container: Container,
  items: readonly T[],
  add: AddItem<T>,
): JsonValue | undefined {
  const index = found.push({ ...place(container), type: "list", value: null }) - 1;
  const start = keyStart(container.key);
  const list: JsonValue[] = [];
  for (let i = 0; i < items.length; i++) {
    const value = add(start + i, items[i]);
    if (value !== undefined) list.push(value);
  }
  return close(found, index, container, list, list.length === items.length);
}

/** Adds an object and what is in it. Of members with the same name, the last counts. */
export function addObject<T>(
  found: Found[],
  container: Container,
  members: readonly (readonly [name: string, item: T])[],
  add: AddItem<T>,
): JsonValue | undefined {
  const index = found.push({ ...place(container), type: "object", value: null }) - 1;
  const start = keyStart(container.key);
  const last = new Map(members);
  const values: [string, JsonValue][] = [];
  for (const [name, item] of members) {
    if (last.get(name) !== item) continue;
    const value = add(start + name, item);
    if (value !== undefined) values.push([name, value]);
  }
  // From entries, so that even a member named `__proto__` is one.
  return close(found, index, container, Object.fromEntries(values), values.length === last.size);
}

function place({ key, start, end }: Container): Pick<Found, "key" | "start" | "end"> {
  return { key, start, end };
}

function keyStart(key: string): string {
  return key === "" ? "" : `${key}.`;
}

function close(
  found: Found[],
  index: number,
  { complete = true, problem }: Container,
  value: JsonValue,
  hasAll: boolean,
): JsonValue | undefined {
  if (complete && hasAll && problem === undefined) {
    found[index] = { ...found[index], value };
    return value;
  }
  found[index] = { ...found[index], problem: problem ?? "not all that is in it is a plain value" };
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

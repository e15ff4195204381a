/**
 * The log that a run's user attributes result from.
 *
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject, JsonValue } from "../types.ts";
import { decodePythonJson } from "./python_json.ts";

/** A change of a run's attributes. */
export interface UserAttributesChange {
  /** Name of the file, without `.json`. */
  readonly id: string;
  readonly author: string;
  readonly set: JsonObject;
  readonly remove: readonly string[];
}

/** Options of {@linkcode userAttributes} and {@linkcode userAttributesLog}. */
export interface UserAttributesOptions {
  /** Gets a message for each file that cannot be read. Default: such files are skipped silently. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Applies all changes in a directory to attributes.
 *
 * @param dir A run's `<id>.user`, which need not exist.
 * @param first Attributes before the first change.
 */
export function userAttributes(
  dir: string,
  first: JsonObject = {},
  options: UserAttributesOptions = {},
): Record<string, JsonValue> {
  const attributes = new Map<string, JsonValue>(Object.entries(first));
  for (const { set, remove } of userAttributesLog(dir, options)) {
    for (const [name, value] of Object.entries(set)) attributes.set(name, value);
    for (const name of remove) attributes.delete(name);
  }
  return Object.fromEntries(attributes);
}

/** Reads the changes in a directory, oldest first. */
export function userAttributesLog(
  dir: string,
  options: UserAttributesOptions = {},
): UserAttributesChange[] {
  const changes: UserAttributesChange[] = [];
  for (const name of changeNames(dir)) {
    try {
      changes.push(parseChange(name, readFileSync(join(dir, name), "utf8")));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      options.onWarning?.(`Cannot read user attributes '${join(dir, name)}': ${why}`);
    }
  }
  return changes;
}

function changeNames(dir: string): string[] {
  try {
    return readdirSync(dir).filter((name) => name.endsWith(".json")).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function parseChange(name: string, text: string): UserAttributesChange {
  const value = decodePythonJson(text);
  if (!isObject(value)) throw new TypeError("it is not a JSON object");
  const { author, set = {}, delete: remove = [] } = value;
  if (!isObject(set) || !Array.isArray(remove)) {
    throw new TypeError("'set' has to be an object and 'delete' a list");
  }
  return {
    id: name.slice(0, -".json".length),
    author: typeof author === "string" ? author : "",
    set,
    remove: remove.map(String),
  };
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

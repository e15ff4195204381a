/**
 * Reads JSON files of meta.
 *
 * @module
 */

import type { JsonValue } from "../types.ts";
import type { MetaSource } from "./meta_source.ts";
import { decodePythonJson } from "./python_json.ts";

/**
 * Reads a JSON file of meta: undefined if there is none.
 *
 * @throws {SyntaxError} It is not JSON.
 */
export function readJson(meta: MetaSource, name: string): JsonValue | undefined {
  const data = meta.read(name);
  if (data === null) return undefined;
  try {
    return decodePythonJson(data.toString());
  } catch (cause) {
    throw new SyntaxError(`Cannot read '${name}' in '${meta.path}': ${(cause as Error).message}`, {
      cause,
    });
  }
}

/**
 * Reads a JSON file of meta that holds an object: undefined if there is none.
 *
 * @throws {SyntaxError} It is not JSON, or no object.
 */
export function readJsonObject(
  meta: MetaSource,
  name: string,
): { [key: string]: JsonValue } | undefined {
  const value = readJson(meta, name);
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SyntaxError(`Cannot read '${name}' in '${meta.path}': it is not a JSON object`);
  }
  return value as { [key: string]: JsonValue };
}

/**
 * Parts of error messages.
 *
 * @module
 */

import { suggest } from "../suggest.ts";
import { CONFIG_FORMATS } from "./config_format.ts";

/** Quotes names and joins them; of many only the first. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 10).map((name) => `'${name}'`).join(", ");
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

/** Says that there is no such key, which one may be meant, and which there are. */
export function noSuchKey(key: string, keys: readonly string[]): string {
  const near = suggest(key, keys);
  return `no such key${near ? ` (did you mean '${near}'?)` : ""}; keys are ${listNames(keys)}`;
}

/** Says that a file's format is unknown, and which are known. */
export function unknownFormat(): string {
  return `its format is unknown; known are ${Object.keys(CONFIG_FORMATS).join(" ")}`;
}

/**
 * The config values that a source offers.
 *
 * @module
 */

import { ambiguousKeys, scanSource } from "./_scan.ts";
import type { ConfigEntry } from "./config_entry.ts";
import type { ConfigFormat } from "./config_format.ts";

/** Options of {@linkcode readConfig}. */
export interface ReadConfigOptions {
  /** List lists and objects as well, each before what is in it. Default: false. */
  readonly containers?: boolean;
  /** Name of the source, for error messages. Default: its format. */
  readonly file?: string;
}

/**
 * Reads the values of a source that can be patched, with keys, types and places, in its order.
 *
 * What is computed is not listed (calls, names, f-strings), nor is a key that stands for two
 * places. In Python and JavaScript, values are those that are assigned to names at the top level.
 * Throws a `ConfigError` that names file and line if the source cannot be parsed; Python that
 * cannot is passed over statement by statement.
 *
 * @example Read the defaults of a script
 * ```ts
 * import { readConfig } from "runlit/read-config";
 * import assert from "node:assert/strict";
 *
 * const source = 'lr: float = 1e-3\nlayers = [64, 32]\nprint(f"{lr}")\n';
 * const entries = await readConfig(source, "python");
 * assert.deepEqual(entries.map(({ key, value, type }) => [key, value, type]), [
 *   ["lr", 0.001, "float"],
 *   ["layers.0", 64, "int"],
 *   ["layers.1", 32, "int"],
 * ]);
 * assert.equal(source.slice(entries[0].start, entries[0].end), "1e-3");
 * ```
 */
export async function readConfig(
  source: string,
  format: ConfigFormat,
  options: ReadConfigOptions = {},
): Promise<ConfigEntry[]> {
  const { bom, body, found } = await scanSource(source, format, options.file);
  const ambiguous = ambiguousKeys(found);
  const entries: ConfigEntry[] = [];
  const lines = lineCounter(body);
  for (const { key, value, type, start, end, problem } of found) {
    if (problem !== undefined || ambiguous.has(key)) continue;
    if (!options.containers && (type === "list" || type === "object")) continue;
    const at = { start: start + bom.length, end: end + bom.length, line: lines(start) };
    entries.push({ key, value, type, ...at });
  }
  return entries;
}

/** Makes a function that tells the line of an offset, fast for ascending ones. */
function lineCounter(source: string): (offset: number) => number {
  const ends = /\r\n|\n|\r/g;
  let line = 1;
  let from = 0;
  let to = -1;
  return (offset) => {
    if (offset < from) [line, from, to, ends.lastIndex] = [1, 0, -1, 0];
    for (;;) {
      if (to < 0) to = ends.exec(source) ? ends.lastIndex : Infinity;
      if (offset < to) return line;
      line++;
      from = to;
      to = -1;
    }
  };
}

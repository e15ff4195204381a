/**
 * New values in a source, and every other byte as it was.
 *
 * @module
 */

import type { Config, JsonValue } from "../types.ts";
import type { Found } from "./_found.ts";
import { noSuchKey, unknownFormat } from "./_messages.ts";
import { sameValue } from "./_same_value.ts";
import { ambiguousKeys, type Scan, scanSource } from "./_scan.ts";
import { ConfigError } from "./config_error.ts";
import { type ConfigFormat, configFormat } from "./config_format.ts";

/** What {@linkcode patchConfig} did. */
export interface PatchedConfig {
  readonly source: string;
  /** Keys whose value differs from what it was. */
  readonly changed: readonly string[];
}

/**
 * Sets config values in a source, whose format is told by the extension of its path.
 *
 * Exactly the bytes of the values change: comments, layout, line ends and quotes remain, and so
 * does a value that is already what it shall be, however it is spelled (`1e-3` for `0.001`). A
 * string keeps its quotes, a whole number in a float's place stays a float (`1.0`), and a value of
 * another type is written as the language's own (`None`, `true`, `{a: 1}`). An integer that numbers
 * cannot hold is given as a string of its digits, and written as an integer where a number was.
 *
 * Throws a `ConfigError` with `file` and `key`, and changes nothing, if a key matches nothing or
 * more than one place, if its value is computed, or if the place cannot hold the value.
 *
 * @example Patch a Python module
 * ```ts
 * import { patchConfig } from "runlit/patch-config";
 * import assert from "node:assert/strict";
 *
 * const source = "lr = 1e-3  # rate\nname = 'a'\nn = 1_000\n";
 * const patched = await patchConfig(source, "train.py", { lr: 1, name: "it's", n: 1000 });
 * assert.equal(patched.source, "lr = 1.0  # rate\nname = 'it\\'s'\nn = 1_000\n");
 * assert.deepEqual(patched.changed, ["lr", "name"]);
 * ```
 */
export async function patchConfig(
  source: string,
  path: string,
  changes: Config,
): Promise<PatchedConfig> {
  const format = configFormat(path);
  if (!format) throw refuse(path, Object.keys(changes)[0] ?? "", unknownFormat());
  const scan = await scanSource(source, format, path);
  const edits = planEdits(scan, path, changes);
  const changed = [...edits.keys()];
  if (changed.length === 0) return { source, changed };
  const patched = scan.bom + splice(scan.body, edits, path);
  await verify(patched, format, path, changes, changed);
  return { source: patched, changed };
}

/** A value's place and its new text. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function planEdits(scan: Scan, path: string, changes: Config): Map<string, Edit> {
  const ambiguous = ambiguousKeys(scan.found);
  const places = new Map(scan.found.map((found) => [found.key, found]));
  const edits = new Map<string, Edit>();
  for (const [key, value] of Object.entries(changes)) {
    const found = places.get(key);
    if (!found) throw refuse(path, key, notFound(key, scan.found));
    if (ambiguous.has(key)) throw refuse(path, key, "more than one value has this key");
    if (found.problem) throw refuse(path, key, found.problem);
    if (sameValue(found.value, value)) continue;
    const text = write(scan, found, value, path);
    edits.set(key, { start: found.start, end: found.end, text });
  }
  return edits;
}

function write(scan: Scan, found: Found, value: JsonValue, path: string): string {
  try {
    return scan.module.write(value, found, scan.body);
  } catch (cause) {
    if (cause instanceof TypeError) throw refuse(path, found.key, cause.message, cause);
    throw cause;
  }
}

function splice(body: string, edits: ReadonlyMap<string, Edit>, path: string): string {
  const sorted = [...edits].sort(([, a], [, b]) => a.start - b.start || a.end - b.end);
  let text = "";
  let at = 0;
  let before: [key: string, edit: Edit] | undefined;
  for (const [key, edit] of sorted) {
    if (before && edit.start < before[1].end) {
      // `x = y = 1` is one place with two names.
      const [other, { start, end, text }] = before;
      if (start === edit.start && end === edit.end && text === edit.text) continue;
      throw refuse(path, key, `'${other}' sets the same place to another value`);
    }
    text += body.slice(at, edit.start) + edit.text;
    at = edit.end;
    before = [key, edit];
  }
  return text + body.slice(at);
}

/** Reads back what was written, so that no mistake in a writer can ever damage a source. */
async function verify(
  patched: string,
  format: ConfigFormat,
  path: string,
  changes: Config,
  changed: readonly string[],
): Promise<void> {
  const { found } = await scanSource(patched, format, path).catch((cause) => {
    throw refuse(path, changed.join("', '"), "the file could not be read any more", cause);
  });
  const places = new Map(found.map((each) => [each.key, each]));
  for (const key of changed) {
    const place = places.get(key);
    if (place && !place.problem && sameValue(place.value, changes[key])) continue;
    throw refuse(path, key, `its place cannot hold ${JSON.stringify(changes[key])}`);
  }
}

function refuse(file: string, key: string, why: string, cause?: unknown): ConfigError {
  return new ConfigError(`Cannot set '${key}' in '${file}': ${why}`, { file, key, cause });
}

function notFound(key: string, found: readonly Found[]): string {
  const values = found.filter(({ problem, type }) =>
    !problem && type !== "list" && type !== "object"
  );
  if (values.length === 0) return "no such key; the file has no values that can be set";
  return noSuchKey(key, values.map((each) => each.key));
}

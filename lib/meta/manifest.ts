/**
 * The manifest: a run's files with their types and digests.
 *
 * Format: a line `<type> <sha256hex> <path>` each.
 *
 * @module
 */

import { quotePath, unquotePath } from "./_quote_path.ts";
import type { FilesLogEntry, FileType } from "./files_log.ts";

/** A file of a run. */
export interface ManifestEntry {
  readonly type: FileType;
  /** SHA-256 of the contents, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Path relative to the run directory, with `/`. */
  readonly path: string;
}

/**
 * Reduces the files log to the files that are there, with the type each was last added as, in the
 * order of the log.
 *
 * @example The last word counts
 * ```ts
 * import assert from "node:assert/strict";
 * import { reduceFilesLog } from "runlit/manifest";
 *
 * const files = reduceFilesLog([
 *   { event: "a", type: "s", mtime: 1, path: "a" },
 *   { event: "a", type: "s", mtime: 1, path: "b" },
 *   { event: "d", type: "g", mtime: null, path: "a" },
 * ]);
 * assert.deepEqual([...files], [["b", "s"]]);
 * ```
 */
export function reduceFilesLog(entries: readonly FilesLogEntry[]): Map<string, FileType> {
  const files = new Map<string, FileType>();
  for (const { event, type, path } of entries) {
    if (event === "a") files.set(path, type);
    else if (event === "d") files.delete(path);
  }
  return files;
}

/**
 * Encodes a manifest, a line per file.
 *
 * @example There and back
 * ```ts
 * import assert from "node:assert/strict";
 * import { encodeManifest, parseManifest } from "runlit/manifest";
 *
 * const entry = { type: "s", sha256: "0".repeat(64), path: "train model.py" } as const;
 * assert.deepEqual(parseManifest(encodeManifest([entry])), [entry]);
 * ```
 */
export function encodeManifest(entries: readonly ManifestEntry[]): string {
  let text = "";
  for (const { type, sha256, path } of entries) text += `${type} ${sha256} ${quotePath(path)}\n`;
  return text;
}

/** Parses a manifest; lines that are not entries are skipped. */
export function parseManifest(text: string): ManifestEntry[] {
  const entries: ManifestEntry[] = [];
  for (const line of text.split("\n")) {
    const match = /^([srdg]) ([0-9a-f]{64}) (.+)$/s.exec(line);
    if (match === null) continue;
    entries.push({ type: match[1] as FileType, sha256: match[2]!, path: unquotePath(match[3]!) });
  }
  return entries;
}

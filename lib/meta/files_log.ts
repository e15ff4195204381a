/**
 * The files log: which files each phase added to the run directory, changed or deleted.
 *
 * Format: a line `<event> <type> <mtime> <path>` each, `log/files` in meta.
 *
 * @module
 */

import { quotePath, unquotePath } from "./_quote_path.ts";
import { appendLog } from "./_append_log.ts";
import { META_SCHEMA } from "./meta_schema.ts";
import { type MetaLocation, metaSource } from "./meta_source.ts";
import { type RunLocation, runMetaDir } from "./run_paths.ts";

/** Type of a run's file: source code, runtime, dependency or generated. */
export type FileType = "s" | "r" | "d" | "g";

/** What happened to a file. */
export interface FilesLogEntry {
  /** Added, deleted or modified. */
  readonly event: "a" | "d" | "m";
  readonly type: FileType;
  /** Time of the file's last change in microseconds since the epoch; null for a deleted file. */
  readonly mtime: number | null;
  /** Path relative to the run directory, with `/`. */
  readonly path: string;
}

/** Options of {@linkcode parseFilesLog} and {@linkcode readFilesLog}. */
export interface FilesLogOptions {
  /**
   * Gets a message for each line that is not an entry. Default: such lines are skipped silently.
   */
  readonly onWarning?: (message: string) => void;
}

/**
 * Appends entries to a run's files log, in one write.
 *
 * @example Log and read back
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { appendFilesLog, readFilesLog } from "runlit/files-log";
 *
 * const run = { runDir: "", metaDir: mkdtempSync("/tmp/example-") };
 * await appendFilesLog(run, [{ event: "a", type: "s", mtime: 1, path: "train.py" }]);
 * assert.deepEqual((await readFilesLog(run)).map((entry) => entry.path), ["train.py"]);
 * rmSync(run.metaDir, { recursive: true });
 * ```
 */
export async function appendFilesLog(
  run: RunLocation,
  entries: readonly FilesLogEntry[],
): Promise<void> {
  appendLog(runMetaDir(run), "files", encodeFilesLog(entries));
}

/**
 * Reads a run's files log, from its meta directory or zip; without one there are no entries.
 *
 * @throws {Error} The meta has a schema that is not known.
 */
export async function readFilesLog(
  run: MetaLocation,
  options: FilesLogOptions = {},
): Promise<FilesLogEntry[]> {
  const meta = metaSource(run);
  const schema = meta.read("__schema__")?.toString().trim() ?? META_SCHEMA;
  if (schema !== META_SCHEMA) {
    throw new Error(
      `Cannot read the files log in '${meta.path}': its schema is '${schema}', ` +
        `this program knows '${META_SCHEMA}'`,
    );
  }
  return parseFilesLog(meta.read("log/files")?.toString() ?? "", options);
}

/** Encodes entries, a line each. */
export function encodeFilesLog(entries: readonly FilesLogEntry[]): string {
  let text = "";
  for (const { event, type, mtime, path } of entries) {
    text += `${event} ${type} ${mtime === null ? "-" : Math.floor(mtime)} ${quotePath(path)}\n`;
  }
  return text;
}

/** Parses entries. A last line that was not written to its end is left out. */
export function parseFilesLog(text: string, options: FilesLogOptions = {}): FilesLogEntry[] {
  const entries: FilesLogEntry[] = [];
  const lines = text.split("\n");
  lines.pop();
  for (const [i, line] of lines.entries()) {
    const match = /^([adm]) ([srdg]) (-|-?\d+) (.+)$/s.exec(line);
    if (match === null) {
      options.onWarning?.(
        `Line ${i + 1} of the files log is not an entry: ${JSON.stringify(line)}`,
      );
      continue;
    }
    const [, event, type, mtime, path] = match;
    entries.push({
      event: event as FilesLogEntry["event"],
      type: type as FileType,
      mtime: mtime === "-" ? null : Number(mtime),
      path: unquotePath(path!),
    });
  }
  return entries;
}

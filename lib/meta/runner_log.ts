/**
 * The runner log: what was done to a run, one dated line each.
 *
 * @module
 */

import { appendLog } from "./_append_log.ts";
import { isGuildMeta } from "./guild/is_guild_meta.ts";
import { type RunLocation, runMetaDir } from "./run_paths.ts";

/** One entry of the runner log. */
export interface RunnerLogEntry {
  /**
   * Local time with offset, such as `2024-07-05T10:11:12+0200`; empty for text before the first
   * dated line.
   */
  readonly date: string;
  /** The message; lines after its first keep their indent. */
  readonly message: string;
}

/**
 * Appends a message to a run's runner log.
 *
 * Each entry is a single write to a file opened for appending, so that processes which log at the
 * same time do not mix their lines. Lines after a message's first are indented: only the first
 * bears a date, and none can pose as an entry.
 *
 * @param run The run, or its meta directory.
 * @param message What is done, by convention with a capital first.
 *
 * @throws {Error} The run is sealed, or its meta directory does not exist.
 *
 * @example Log and read back
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readFileSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { logRunner } from "runlit/runner-log";
 *
 * const meta = mkdtempSync(join(tmpdir(), "runlit-"));
 * logRunner(meta, "Writing meta id");
 * assert.match(
 *   readFileSync(join(meta, "log", "runner"), "utf8"),
 *   /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} Writing meta id\n$/,
 * );
 * rmSync(meta, { recursive: true });
 * ```
 */
export function logRunner(run: RunLocation | string, message: string): void {
  const metaDir = typeof run === "string" ? run : runMetaDir(run);
  // Guild has no such log.
  if (isGuildMeta(metaDir)) return;
  if (metaDir.endsWith(".zip")) {
    throw new Error(`Cannot write to the runner log in '${metaDir}': the run is sealed`);
  }
  appendLog(metaDir, "runner", formatLogEntry(new Date(), message));
}

/** Formats an entry as the runner log has it, with the newline at its end. */
export function formatLogEntry(date: Date, message: string): string {
  const text = message.trimEnd().replace(/\r?\n(?!\s)/g, "\n  ");
  return `${formatLogDate(date)} ${text}\n`;
}

/**
 * Reads entries from a runner log's text. A line that bears no date belongs to the message before
 * it.
 */
export function parseRunnerLog(text: string): RunnerLogEntry[] {
  const entries: { date: string; message: string }[] = [];
  for (const line of text.split("\n")) {
    const dated = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}) (.*)$/s.exec(line);
    const previous = entries[entries.length - 1];
    if (dated) entries.push({ date: dated[1]!, message: dated[2]! });
    else if (previous) previous.message += "\n" + line;
    else if (line) entries.push({ date: "", message: line });
  }
  for (const entry of entries) entry.message = entry.message.trimEnd();
  return entries;
}

/** `%Y-%m-%dT%H:%M:%S%z` of the local time. */
function formatLogDate(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const minutes = Math.abs(offset);
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T` +
    `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}` +
    `${offset < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}${pad(minutes % 60)}`;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}

/**
 * What was entered, in this session and earlier ones.
 *
 * @module
 */

import {
  appendFileSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
} from "node:fs";
import { dirname } from "node:path";

/** Entries, oldest first. */
export interface History {
  readonly entries: readonly string[];
  /** Adds an entry, unless it is blank, repeats the last one, or begins with a space. */
  add(entry: string): void;
  /** The nearest entry before (or behind) a place that fits; -1 for none. */
  find(fits: (entry: string) => boolean, from: number, by: 1 | -1): number;
}

/** Options of {@linkcode openHistory}. */
export interface HistoryOptions {
  /** So many entries are kept. Default: 5,000. */
  readonly most?: number;
  /** Is told why the file cannot be used. Default: nobody. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Opens the history in a file, which need not exist: a line of JSON for each entry. Sessions that
 * run at the same time add to the same file.
 *
 * @param path Null keeps it in memory only.
 */
export function openHistory(path: string | null, options: HistoryOptions = {}): History {
  const { most = 5000, onWarning = () => {} } = options;
  let writable = path !== null;
  const entries = path === null ? [] : read(path);
  // Not each time that there is one too many: all of it is written.
  if (entries.length > most + SLACK) compact(path!, most).catch(fail);
  entries.splice(0, entries.length - most);

  function attempt(write: (file: string) => void): void {
    if (!writable) return;
    try {
      write(path!);
    } catch (error) {
      fail(error as Error);
    }
  }

  function fail({ message }: Error): void {
    writable = false;
    onWarning(`The history is not kept: ${message}`);
  }

  return {
    entries,
    add(entry) {
      if (entry.trim() === "" || /^\s/.test(entry) || entry === entries.at(-1)) return;
      entries.push(entry);
      attempt((file) => {
        mkdirSync(dirname(file), { recursive: true });
        // One write each, so that entries of several sessions do not mix.
        appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
      });
    },
    find(fits, from, by) {
      for (let i = from; i >= 0 && i < entries.length; i += by) if (fits(entries[i])) return i;
      return -1;
    },
  };
}

/** So many entries more than are kept may be in the file. */
const SLACK = 500;

/**
 * Drops the oldest entries. Another session may add some at this moment, to the file that is being
 * replaced: what came behind the part that was read is added again.
 */
async function compact(path: string, most: number): Promise<void> {
  const { writeFileAtomicSync } = await import("../../../lib/files/write_file_atomic.ts");
  const old = openSync(path, "r");
  try {
    const before = readFileSync(old);
    const kept = parse(before.toString()).slice(-most);
    const text = kept.map((entry) => `${JSON.stringify(entry)}\n`).join("");
    writeFileAtomicSync(path, text, { mode: 0o600 });
    let end = before.length;
    // Once more, for somebody who had opened the old file but not yet written.
    for (const pause of [0, 100]) {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      const late = Buffer.alloc(fstatSync(old).size - end);
      end += readSync(old, late, 0, late.length, end);
      if (late.length > 0) appendFileSync(path, late);
    }
  } finally {
    closeSync(old);
  }
}

function read(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return parse(text);
}

function parse(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    try {
      const entry: unknown = JSON.parse(line);
      return typeof entry === "string" ? [entry] : [];
    } catch {
      return []; // Cut off by a crash.
    }
  });
}

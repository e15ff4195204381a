/**
 * Waits for documents to change.
 *
 * @module
 */

import { type FSWatcher, statSync, watch } from "node:fs";
import { dirname, resolve } from "node:path";

/** Milliseconds that must be quiet: editors write a file in several steps. */
const QUIET_MS = 50;

/**
 * Calls back with all paths, then with those of documents that have changed, after a short quiet. Their
 * directories are watched, since most editors replace a file instead of writing to it.
 *
 * Returns when `signal` aborts. Changes while the callback works are told when it is done.
 */
export async function watchDocuments(
  paths: readonly string[],
  onChange: (changed: readonly string[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const known = new Map(paths.map((path) => [path, stamp(path)]));
  let wake = () => {};
  const watchers: FSWatcher[] = [];
  const stop = () => wake();
  signal.addEventListener("abort", stop);
  try {
    for (const dir of new Set(paths.map((path) => dirname(resolve(path))))) {
      watchers.push(watch(dir, () => wake()));
    }
    await onChange(paths);
    while (!signal.aborted) {
      const changed = paths.filter((path) => stamp(path) !== known.get(path));
      if (changed.length === 0) {
        await new Promise<void>((resume) => {
          wake = resume;
        });
        if (!signal.aborted) await new Promise((resume) => setTimeout(resume, QUIET_MS));
        continue;
      }
      for (const path of changed) known.set(path, stamp(path));
      // One that is gone may come back.
      const present = changed.filter((path) => known.get(path) !== "");
      if (present.length > 0) await onChange(present);
    }
  } finally {
    signal.removeEventListener("abort", stop);
    for (const watcher of watchers) watcher.close();
  }
}

/** What differs when a file has changed; empty when there is none. */
function stamp(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}

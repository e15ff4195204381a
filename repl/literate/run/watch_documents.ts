/**
 * Waits for documents to change.
 *
 * @module
 */

import { statSync } from "node:fs";
import { dirname } from "node:path";
import { documentSources } from "./document_sources.ts";
import { watchDirs } from "./watch_dirs.ts";

/** Milliseconds that must be quiet: editors write a file in several steps. */
const QUIET_MS = 50;

/**
 * Calls back with all documents, then with those that have changed, or of which a module has that
 * they import, after a short quiet. The directories of all these are watched, since most editors
 * replace a file instead of writing to it.
 *
 * Returns when `signal` aborts. Changes while the callback works are told when it is done.
 *
 * @param find Lists the documents; asked again when something changes: there may be new ones.
 */
export async function watchDocuments(
  find: () => readonly string[],
  onChange: (changed: readonly string[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let wake = () => {};
  const stop = () => wake();
  const dirs = watchDirs(() => wake());
  let known = new Map<string, string>();
  signal.addEventListener("abort", stop);
  try {
    while (!signal.aborted) {
      const changes = new Promise<void>((resume) => {
        wake = resume;
      });
      const sources = new Map(find().map((document) => [document, documentSources(document)]));
      const isBegun = await dirs.add([...sources.values()].flat().map((path) => dirname(path)));
      const now = new Map(
        Array.from(sources, ([name, paths]) => [name, paths.map(stamp).join("\n")]),
      );
      // One that is gone may come back.
      const changed = [...now.keys()].filter((path) =>
        now.get(path) !== known.get(path) && stamp(path) !== ""
      );
      known = now;
      // What a new watcher may have missed is seen by looking once more.
      if (changed.length > 0) await onChange(changed);
      else if (!isBegun) await changes;
      if (!signal.aborted) await new Promise((resume) => setTimeout(resume, QUIET_MS));
    }
  } finally {
    signal.removeEventListener("abort", stop);
    dirs.close();
  }
}

/** What differs when a file has changed; empty when there is none. */
function stamp(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${path} ${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}

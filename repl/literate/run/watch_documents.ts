/**
 * Waits for documents to change.
 *
 * @module
 */

import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { documentSources } from "./document_sources.ts";
import { watchDirs } from "./watch_dirs.ts";

/** Milliseconds that must be quiet: editors write a file in several steps. */
const QUIET_MS = 50;

/** Rewrites a document, which is no change that is told. */
export type Rewrite = <T>(document: string, write: () => Promise<T>) => Promise<T>;

/**
 * Calls back with all documents, then with those that have changed, or of which a module has that
 * they import, after a short quiet. The directories of all these are watched, since most editors
 * replace a file instead of writing to it.
 *
 * Returns when `signal` aborts. Changes while the callback works are told when it is done, but for
 * those that it makes itself with `rewrite`.
 *
 * @param find Lists the documents; asked again when something changes: there may be new ones.
 */
export async function watchDocuments(
  find: () => readonly string[],
  onChange: (changed: readonly string[], rewrite: Rewrite) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let wake = () => {};
  const stop = () => wake();
  const dirs = watchDirs(() => wake());
  /** What each document was made of when it was told. */
  let known = new Map<string, Stamps>();
  const rewrite: Rewrite = async (document, write) => {
    const path = resolve(document);
    const before = stamp(path);
    try {
      return await write();
    } finally {
      for (const [name, stamps] of known) {
        // One that was changed while it ran has to run again.
        if (stamps.get(path) !== before) continue;
        stamps.set(path, stamp(path));
        known.set(name, stampsOf(documentSources(name), stamps));
      }
    }
  };
  signal.addEventListener("abort", stop);
  try {
    while (!signal.aborted) {
      const changes = new Promise<void>((resume) => {
        wake = resume;
      });
      const sources = new Map(find().map((document) => [document, documentSources(document)]));
      const isBegun = await dirs.add([...sources.values()].flat().map((path) => dirname(path)));
      const now = new Map(Array.from(sources, ([name, paths]) => [name, stampsOf(paths)]));
      // One that is gone may come back.
      const changed = [...now.keys()].filter((path) =>
        !isSame(now.get(path)!, known.get(path)) && stamp(path) !== ""
      );
      known = now;
      // What a new watcher may have missed is seen by looking once more.
      if (changed.length > 0) await onChange(changed, rewrite);
      else if (!isBegun) await changes;
      if (!signal.aborted) await new Promise((resume) => setTimeout(resume, QUIET_MS));
    }
  } finally {
    signal.removeEventListener("abort", stop);
    dirs.close();
  }
}

/** Files by their absolute paths, with what differs when they have changed. */
type Stamps = Map<string, string>;

function stampsOf(paths: readonly string[], given?: Stamps): Stamps {
  return new Map(paths.map((path) => [path, given?.get(path) ?? stamp(path)]));
}

function isSame(one: Stamps, other: Stamps | undefined): boolean {
  return one.size === other?.size && [...one].every(([path, value]) => other.get(path) === value);
}

/** What differs when a file has changed; empty when there is none. */
function stamp(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}

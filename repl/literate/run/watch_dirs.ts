/**
 * Watches directories that may be removed and made again.
 *
 * @module
 */

import { type FSWatcher, statSync, watch } from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";

/** What is watched. */
export interface WatchedDirs {
  /**
   * Watches more directories, and those anew that have been replaced. Returns whether a watcher was
   * begun: Deno's may miss what happens in its first few milliseconds.
   */
  add(dirs: Iterable<string>): Promise<boolean>;
  close(): void;
}

/**
 * Calls back when something happens in one of the directories, or one of them is removed or comes
 * back. A watcher is bound to the directory that had the name when it began, not to the name: so
 * `add` has to be called after each event.
 */
export function watchDirs(onEvent: () => void): WatchedDirs {
  const wanted = new Set<string>();
  const watched = new Map<string, { readonly watcher: FSWatcher; readonly identity: string }>();
  const close = (dir: string) => {
    watched.get(dir)?.watcher.close();
    watched.delete(dir);
  };
  const begin = async (dir: string, identity: string) => {
    if (watched.has(dir)) {
      close(dir);
      // Deno has one watcher for all: a path that was closed just before is not watched anew.
      await setTimeout(10);
    }
    try {
      const watcher = watch(dir, onEvent);
      watcher.on("error", onEvent);
      watched.set(dir, { watcher, identity });
    } catch (error) {
      // Removed since it was found; whoever asks finds another.
      if (identityOf(dir) === identity) throw error;
    }
  };
  return {
    async add(dirs) {
      let isBegun = false;
      for (const dir of dirs) wanted.add(dir);
      const needed = new Set<string>();
      for (const dir of wanted) {
        // Asked again afterwards: it may have come back just before its parent was watched.
        let place = nearest(dir);
        for (; watched.get(place.dir)?.identity !== place.identity; place = nearest(dir)) {
          await begin(place.dir, place.identity);
          isBegun = true;
        }
        needed.add(place.dir);
      }
      for (const dir of [...watched.keys()].filter((dir) => !needed.has(dir))) close(dir);
      return isBegun;
    },
    close: () => [...watched.keys()].forEach(close),
  };
}

/** A directory, or as long as there is none the one above in which it would be made. */
function nearest(dir: string): { readonly dir: string; readonly identity: string } {
  const identity = identityOf(dir);
  const parent = dirname(dir);
  return identity !== "" || parent === dir ? { dir, identity } : nearest(parent);
}

/** What differs when a directory was made again, be it with the same number; empty for none. */
function identityOf(dir: string): string {
  const stat = statSync(dir, { throwIfNoEntry: false });
  return stat?.isDirectory() ? `${stat.dev} ${stat.ino} ${stat.birthtimeMs}` : "";
}

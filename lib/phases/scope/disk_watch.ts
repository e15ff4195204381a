/**
 * Watches how much a directory holds.
 *
 * @module
 * @internal
 */

import { lstatSync, readdirSync } from "node:fs";

/** What a directory holds. */
export interface DiskUse {
  /** Bytes that its files take on the disk. */
  readonly bytes: number;
  readonly files: number;
}

/** Options of {@link watchDisk}. */
export interface WatchDiskOptions {
  /** Bytes. Default: no limit. */
  disk?: number;
  /** Number of files. Default: no limit. */
  files?: number;
  /** Milliseconds between two looks, or 20 times as long as one takes. Default: 1000. */
  interval?: number;
}

/** Measures a directory and what is below it. Links are not followed, what vanishes is skipped. */
export function diskUse(dir: string): DiskUse {
  let bytes = 0;
  let files = 0;
  const waiting = [dir];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of list(next)) {
      const path = `${next}/${entry.name}`;
      files++;
      if (entry.isDirectory()) waiting.push(path);
      bytes += blocks(path) * 512;
    }
  }
  return { bytes, files };
}

/**
 * Calls `onExceeded` once when a directory holds more than it may. Returns a function that ends
 * the watch. What is there at the beginning counts as well.
 */
export function watchDisk(
  dir: string,
  onExceeded: (message: string) => void,
  options: WatchDiskOptions = {},
): () => void {
  const { disk = Infinity, files = Infinity, interval = 1000 } = options;
  let timer: NodeJS.Timeout;
  const look = () => {
    const start = performance.now();
    const use = diskUse(dir);
    if (use.bytes > disk) {
      return onExceeded(`was ended: its run directory takes ${use.bytes} bytes, over ${disk}`);
    }
    if (use.files > files) {
      return onExceeded(`was ended: its run directory holds ${use.files} files, over ${files}`);
    }
    timer = setTimeout(look, Math.max(interval, (performance.now() - start) * 20));
  };
  timer = setTimeout(look, interval);
  return () => clearTimeout(timer);
}

/** Of what vanished, or is in a directory that lists but does not open: none. */
function blocks(path: string): number {
  try {
    return lstatSync(path).blocks;
  } catch {
    return 0;
  }
}

function list(dir: string): { name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}

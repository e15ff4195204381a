/**
 * Flushes the records of many trials at a time.
 *
 * @module
 */

import { type Durability, syncFiles, withDurability } from "../files/durability.ts";

/** So long a record may wait for others, in milliseconds. */
const LONGEST = 1000;

/** Records that are to be flushed. */
export interface GroupSync {
  add(paths: readonly string[]): void;
  /** Flushes what has waited for long enough. */
  flushDue(): Promise<void>;
  flush(): Promise<void>;
}

/**
 * Collects files to be flushed together. A trial whose record a power failure destroys is run again,
 * so that it is enough to lose no more than a second's work; and flushing each record by itself takes
 * longer than a short trial.
 *
 * @param level What is wanted of the records, whatever holds where they are written.
 */
export function groupSync(level: Durability): GroupSync {
  let paths: string[] = [];
  let flushed = performance.now();
  const flush = async () => {
    const waiting = paths;
    paths = [];
    await withDurability(level, async () => syncFiles(waiting));
    flushed = performance.now();
  };
  return {
    add: (more) => {
      paths.push(...more);
    },
    flushDue: async () => {
      if (paths.length > 0 && performance.now() - flushed >= LONGEST) await flush();
    },
    flush,
  };
}

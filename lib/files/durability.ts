/**
 * How much is done so that written data survives a power failure.
 *
 * Every write is atomic at any level, and survives the end of this process. With `safe` the files
 * at commit points, and the directories that name them, are also flushed to the disk.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { closeSync, fsyncSync, openSync } from "node:fs";
import { platform } from "node:os";
import { dirname } from "node:path";
import { fileError } from "./file_error.ts";

/** `safe` survives a power failure; `fast` only the end of the process. */
export type Durability = "safe" | "fast";

let level: Durability = "safe";

/** Sets the level for this process. It is `safe` until set. */
export function setDurability(next: Durability): void {
  if (next !== "safe" && next !== "fast") {
    throw new TypeError(`Cannot set durability to ${JSON.stringify(next)}: use "safe" or "fast"`);
  }
  level = next;
}

/** Returns the level that holds: that of {@linkcode withDurability}, else of the process. */
export function durability(): Durability {
  return within.getStore() ?? level;
}

const within = new AsyncLocalStorage<Durability>();

/**
 * Calls a function with a level of its own, for what it does and what it starts. Whoever calls it so
 * with `fast` sees to it that the results get to the disk, as {@linkcode syncFiles} does.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { durability, withDurability } from "runlit/durability";
 *
 * assert.equal(await withDurability("fast", async () => durability()), "fast");
 * assert.equal(durability(), "safe");
 * ```
 */
export async function withDurability<T>(next: Durability, use: () => Promise<T>): Promise<T> {
  return await within.run(next, use);
}

/**
 * Flushes files that are there, and the directories that name them, when the level is `safe`. Many
 * at a time cost little more than one: the first takes most of the others along.
 */
export function syncFiles(paths: Iterable<string>): void {
  if (durability() !== "safe") return;
  const dirs = new Set<string>();
  for (const path of paths) {
    let fd: number;
    try {
      fd = openSync(path, "r");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
      throw fileError("flush", path, error);
    }
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    dirs.add(dirname(path));
  }
  for (const dir of dirs) syncDir(dir);
}

/**
 * Flushes a directory's entries to the disk when the level is `safe`.
 *
 * After a rename, only this makes the new name survive a power failure. Windows cannot open a
 * directory for this, and keeps names in its journal.
 */
export function syncDir(dir: string): void {
  if (durability() !== "safe" || platform() === "win32") return;
  try {
    const fd = openSync(dir, "r");
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    // Some network and FUSE file systems have no way to flush a directory, and say so.
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EINVAL" || code === "ENOTSUP" || code === "ENOSYS") return;
    throw fileError("flush", dir, error);
  }
}

/**
 * How much is done so that written data survives a power failure.
 *
 * Every write is atomic at any level, and survives the end of this process. With `safe` the files
 * at commit points, and the directories that name them, are also flushed to the disk.
 *
 * @module
 */

import { closeSync, fsyncSync, openSync } from "node:fs";
import { platform } from "node:os";
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

/** Returns the level that holds for this process. */
export function durability(): Durability {
  return level;
}

/**
 * Flushes a directory's entries to the disk when the level is `safe`.
 *
 * After a rename, only this makes the new name survive a power failure. Windows cannot open a
 * directory for this, and keeps names in its journal.
 */
export function syncDir(dir: string): void {
  if (level !== "safe" || platform() === "win32") return;
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

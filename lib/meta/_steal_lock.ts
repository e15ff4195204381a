/**
 * Takes away the lock of a process that is gone.
 *
 * @module
 */

import { readFileSync, unlinkSync } from "node:fs";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { lockPath } from "./_lock_path.ts";
import { holderState, type LockHolder, parseHolder } from "./_lock_holder.ts";
import { lockState } from "./lock_state.ts";

/**
 * Removes a lock whose holder is gone; returns false if another process is doing so, or the lock is
 * not stale any more.
 *
 * Two processes that find the same stale lock must not both remove it: the slower one would remove
 * the lock that the faster one has taken since. So one first claims the right to remove, and looks
 * again once it has it. The claim of a process that died meanwhile is passed over, by claiming the
 * next number.
 */
export function stealLock(metaDir: string, thief: LockHolder): boolean {
  const path = lockPath(metaDir);
  const claims: string[] = [];
  do {
    claims.push(`${path}-claim-${claims.length + 1}.tmp`);
  } while (!claim(claims.at(-1)!, thief) && isDead(claims.at(-1)!));
  if (claimant(claims.at(-1)!)?.nonce !== thief.nonce) return false;
  const state = lockState(metaDir);
  const isStale = state === "dead" || state === "unreadable";
  if (isStale) {
    remove(`${path}.json`);
    remove(path);
  }
  for (const name of claims) remove(name);
  return isStale;
}

function claim(path: string, thief: LockHolder): boolean {
  try {
    writeFileAtomicSync(path, JSON.stringify(thief), { exclusive: true });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isDead(path: string): boolean {
  const holder = claimant(path);
  return holder !== null && holderState(holder) === "dead";
}

function claimant(path: string): LockHolder | null {
  try {
    return parseHolder(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/**
 * One process at a time works on a run.
 *
 * @module
 */

import { acquireLock, type Lock } from "../meta/lock.ts";
import type { Run } from "../types.ts";

/** A lock on the run that the caller holds already. */
export interface LockOptions {
  readonly lock?: Lock;
}

/**
 * Calls a function while this process has the run's lock: the caller's, or one for the call.
 *
 * @throws {LockError} Another process works on the run.
 */
export async function withLock<T>(
  run: Run,
  { lock }: LockOptions,
  use: (lock: Lock) => Promise<T>,
): Promise<T> {
  if (lock !== undefined) return await use(lock);
  const own = await acquireLock(run);
  try {
    return await use(own);
  } finally {
    own.release();
  }
}

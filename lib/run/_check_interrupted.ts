/**
 * Ends staging or finalizing between two steps when the caller wants it to end.
 *
 * @module
 */

import { setImmediate } from "node:timers/promises";
import { RunStateError } from "../errors.ts";
import type { Run } from "../types.ts";

/**
 * Throws if the signal has aborted. Copying never waits for anything, so that a signal of the
 * system may still be on its way: it is let through first.
 *
 * @throws {RunStateError} The signal has aborted.
 */
export async function checkInterrupted(run: Run, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return;
  if (!signal.aborted) await setImmediate();
  if (signal.aborted) throw interrupted(run, signal);
}

/** The error for a run that was interrupted; a reason that is a signal's name is told. */
export function interrupted(
  run: Run,
  { reason }: AbortSignal,
  what: "Staging" | "Finalizing" = "Staging",
): RunStateError {
  const by = typeof reason === "string" ? ` by ${reason}` : "";
  return new RunStateError(`${what} of run '${run.id}' was interrupted${by}`, run, {
    cause: reason,
  });
}

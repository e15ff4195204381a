/**
 * What interrupted a batch.
 *
 * @module
 */

import { signalName } from "../phases/signal_name.ts";
import type { RunBatchOptions } from "./run_batch_options.ts";

/** The signal that interrupted a batch; `SIGINT` for another reason, undefined if nothing has. */
export function interruptedBy(
  { signal, force }: Pick<RunBatchOptions, "signal" | "force">,
): NodeJS.Signals | undefined {
  const by = signal?.aborted ? signal : force;
  if (!by?.aborted) return undefined;
  return (signalName(by.reason) ?? "SIGINT") as NodeJS.Signals;
}

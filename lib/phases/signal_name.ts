/**
 * The signal that an abort stands for.
 *
 * @module
 * @internal
 */

/**
 * The name of a signal in an abort's reason: `"SIGINT"`, or an error with a `signal`. Null if it has
 * none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { signalName } from "runlit/signal-name";
 *
 * assert.equal(signalName("SIGTERM"), "SIGTERM");
 * assert.equal(signalName(new Error("enough")), null);
 * ```
 */
export function signalName(reason: unknown): string | null {
  const name = typeof reason === "object" && reason !== null && "signal" in reason
    ? reason.signal
    : reason;
  return typeof name === "string" && name.startsWith("SIG") ? name : null;
}

/**
 * The error for what a signal ended.
 *
 * @module
 */

import { constants } from "node:os";

/** A signal ended the command: `runlit` exits as a shell says it, with 128 and the signal's number. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  /** 130 for `SIGINT`. */
  readonly exitCode: number;

  constructor(
    signal: NodeJS.Signals,
    message = `Interrupted by ${signal}`,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.exitCode = interruptedCode(signal);
  }
}

/** The exit code that a shell has for what a signal ended. */
export function interruptedCode(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

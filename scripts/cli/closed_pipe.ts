/**
 * What happens when the reader of our output has gone, as in `runlit list | head -1`.
 *
 * @module
 */

import { reportError } from "./report_error.ts";

let survives = false;
let failed = false;

/**
 * Ends the process with 0 as soon as stdout turns out to be closed: nobody reads what it would say.
 * With 1 and a message if it cannot be written to for another reason, such as a full disk.
 *
 * Needs output to be written with `process.stdout.write` (`print()`): on Deno `console.log` never
 * reports a closed pipe.
 */
export function endQuietlyOnClosedPipe(): void {
  process.stderr.on("error", () => {
    // Nowhere is left to say so.
  });
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Node says so for each write.
    if (failed) return;
    failed = true;
    const code = error.code === "EPIPE" ? 0 : reportError(error, "runlit");
    if (survives) process.exitCode ||= code;
    // Nothing is left that exiting at once could cut off.
    else process.exit(code);
  });
}

/** Whether stdout can no longer be written to. Deno would never say that a write is done. */
export function stdoutFailed(): boolean {
  return failed;
}

/** Keeps the process going when stdout is closed, for commands that do more than print. */
export function surviveClosedPipe(): void {
  survives = true;
}

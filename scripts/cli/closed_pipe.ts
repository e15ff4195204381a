/**
 * What happens when the reader of our output has gone, as in `runlit list | head -1`.
 *
 * @module
 */

let survives = false;

/**
 * Ends the process with 0 as soon as stdout turns out to be closed: nobody reads what it would say.
 *
 * Needs output to be written with `process.stdout.write` (`print()`): on Deno `console.log` never
 * reports a closed pipe. Other errors of the stream, such as a full disk, are thrown.
 */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      // Nothing is left that exiting at once could cut off.
      if (!survives && stream === process.stdout) process.exit(0);
    });
  }
}

/** Keeps the process going when stdout is closed, for commands that do more than print. */
export function surviveClosedPipe(): void {
  survives = true;
}

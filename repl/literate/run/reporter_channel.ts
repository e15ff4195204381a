/**
 * How the process of a document reports.
 *
 * @module
 */

import { writeSync } from "node:fs";
import type { ChildMessage, ExampleResult } from "./messages.ts";

/** Descriptor of the pipe to the supervisor. */
export const REPORT_FD = 3;

/** Milliseconds that results may wait for more. */
const BATCH_MS = 50;

/** Sends messages; results in batches, since each message costs a system call. */
export interface ReporterChannel {
  send(message: ChildMessage): void;
  result(result: ExampleResult): void;
  flush(): void;
}

/** Opens the channel to the supervisor. */
export function openChannel(): ReporterChannel {
  let waiting: ExampleResult[] = [];
  let last = performance.now();
  const channel: ReporterChannel = {
    send(message) {
      writeAll(`${JSON.stringify(message)}\n`);
    },
    result(result) {
      waiting.push(result);
      if (performance.now() - last > BATCH_MS) channel.flush();
    },
    flush() {
      last = performance.now();
      if (waiting.length === 0) return;
      channel.send({ type: "results", results: waiting });
      waiting = [];
    },
  };
  return channel;
}

function writeAll(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(REPORT_FD, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      // The supervisor is busy.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

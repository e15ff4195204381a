/**
 * How the process of a document reports.
 *
 * @module
 */

import { writeSync } from "node:fs";
import type { ChildMessage, ExampleResult } from "./messages.ts";

/** Descriptor of the pipe to the supervisor. */
export const REPORT_FD = 3;

/** Milliseconds that results may wait for more: long enough to make one write of hundreds. */
const BATCH_MS = 5;

/** Sends messages; results in batches, since each message costs a system call. */
export interface ReporterChannel {
  send(message: ChildMessage): void;
  result(result: ExampleResult): void;
  /** Says that an example begins which may take that many milliseconds. */
  begin(index: number, timeout: number): void;
  /** Sends what waits: for what the process may not survive. */
  flush(): void;
}

/** Opens the channel to the supervisor. `brief`: examples that passed are only counted. */
export function openChannel(brief = false): ReporterChannel {
  let waiting: ExampleResult[] = [];
  let passed = 0;
  let last = performance.now();
  function take(): { results: ExampleResult[]; passed: number } {
    const taken = { results: waiting, passed };
    waiting = [];
    passed = 0;
    last = performance.now();
    return taken;
  }
  const channel: ReporterChannel = {
    send(message) {
      writeAll(`${JSON.stringify(message)}\n`);
    },
    result(result) {
      if (brief && result.status === "passed") passed++;
      else waiting.push(result);
      if (performance.now() - last > BATCH_MS) channel.flush();
    },
    begin(index, timeout) {
      channel.send({ type: "begin", index, timeout, ...take() });
    },
    flush() {
      if (waiting.length > 0 || passed > 0) channel.send({ type: "results", ...take() });
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

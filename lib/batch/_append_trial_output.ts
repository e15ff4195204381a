/**
 * The output of a batch in Guild's layout, which has that of its trials.
 *
 * @module
 */

import { closeSync, existsSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { encodeOutputIndexRecord } from "../meta/output_index.ts";

/** What comes before a trial's output. */
export interface TrialHead {
  readonly line: string;
  /** When the trial was started, in milliseconds since the epoch. */
  readonly started: number;
}

/** Bytes that are copied at a time. */
const CHUNK = 1 << 20;

/**
 * Appends a line, as one of errors, and what a trial has printed to the output of its batch, each line
 * with its time. A last line without an end gets one, since another line follows.
 */
export function appendTrialOutput(
  batch: string,
  trial: string,
  { line, started }: TrialHead,
): void {
  const output = openSync(join(batch, "output"), "a", 0o644);
  const index = openSync(join(batch, "output.index"), "a", 0o644);
  try {
    write(output, new TextEncoder().encode(`${line}\n`));
    write(index, encodeOutputIndexRecord(started, "err"));
    const last = copy(join(trial, "output"), output);
    copy(join(trial, "output.index"), index);
    if (last !== null && last !== 10) write(output, new Uint8Array([10]));
  } finally {
    closeSync(output);
    closeSync(index);
  }
}

/** Copies a file to the end of another; returns its last byte, or null if it has none. */
function copy(path: string, to: number): number | null {
  if (!existsSync(path)) return null;
  const from = openSync(path, "r");
  const buffer = new Uint8Array(CHUNK);
  let last: number | null = null;
  try {
    for (let length; (length = readSync(from, buffer, 0, CHUNK, null)) > 0;) {
      write(to, buffer.subarray(0, length));
      last = buffer[length - 1];
    }
    return last;
  } finally {
    closeSync(from);
  }
}

function write(fd: number, data: Uint8Array): void {
  for (let done = 0; done < data.length;) done += writeSync(fd, data, done);
}

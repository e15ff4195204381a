/**
 * Files without a name: a way to hand data to a process through a descriptor.
 *
 * @module
 * @internal
 */

import { randomUUID } from "node:crypto";
import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { unnamedPlace } from "../../../runtime/unnamed_place.ts";

/** Opens a file that holds `data`, to be read from its start by one process. */
export function openUnnamedFile(data: Uint8Array | string): number {
  const path = `${unnamedPlace()}/runlit-${randomUUID()}`;
  const writer = openSync(path, "wx", 0o600);
  try {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    for (let done = 0; done < bytes.length;) done += writeSync(writer, bytes, done);
    return openSync(path, "r");
  } finally {
    unlinkSync(path);
    closeSync(writer);
  }
}

/** Two descriptors of one empty file. */
export interface MessageFile {
  /** For the process that writes. */
  readonly writer: number;
  /** For this process: with a position of its own, which does not move the writer's. */
  readonly reader: number;
}

/** Opens a file for messages from another process: it always appends. */
export function openMessageFile(): MessageFile {
  const path = `${unnamedPlace()}/runlit-${randomUUID()}`;
  const writer = openSync(path, "ax", 0o600);
  try {
    return { writer, reader: openSync(path, "r") };
  } finally {
    unlinkSync(path);
  }
}

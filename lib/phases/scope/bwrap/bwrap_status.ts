/**
 * What bubblewrap reports about the command inside it.
 *
 * @module
 * @internal
 */

import { readSync } from "node:fs";

/** What has been reported so far. */
export interface BwrapStatus {
  /** The first process inside, by its number outside; null before there is one. */
  readonly initPid: number | null;
  /**
   * Exit code of the command, 128 + n for signal n; null unless it has been started and is over. An
   * exit code of bubblewrap itself proves neither: it is 1 for everything that goes wrong.
   */
  readonly exitCode: number | null;
}

/**
 * Reads the report: JSON documents, one a line, as `--json-status-fd` has them.
 *
 * @example A command that was ended by signal 9
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseBwrapStatus } from "runlit/bwrap-status";
 *
 * const status = parseBwrapStatus('{ "child-pid": 17 }\n{ "exit-code": 137 }\n');
 * assert.deepEqual(status, { initPid: 17, exitCode: 137 });
 * ```
 */
export function parseBwrapStatus(text: string): BwrapStatus {
  let initPid: number | null = null;
  let exitCode: number | null = null;
  for (const line of text.split("\n")) {
    if (!line.endsWith("}")) continue;
    const document = JSON.parse(line) as Record<string, number | undefined>;
    initPid ??= document["child-pid"] ?? null;
    exitCode ??= document["exit-code"] ?? null;
  }
  return { initPid, exitCode };
}

/** Reads the report from a descriptor, whatever its position. */
export function readBwrapStatus(fd: number): BwrapStatus {
  const buffer = new Uint8Array(4096);
  const size = readSync(fd, buffer, 0, buffer.length, 0);
  return parseBwrapStatus(new TextDecoder().decode(buffer.subarray(0, size)));
}

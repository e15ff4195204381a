/**
 * Sockets in files that other programs listen on.
 *
 * @module
 * @internal
 */

import { readFileSync } from "node:fs";

/**
 * Returns the paths of all sockets in files that are open on this host, as the kernel lists them.
 *
 * A read-only mount does not stop a process from connecting to a socket in it, be it an agent's or
 * that of Docker, who would do anything for it. So each is masked.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hostSockets } from "runlit/host-sockets";
 *
 * const line = "0000: 00000002 00000000 00010000 0001 01 17 /run/docker.sock\n";
 * assert.deepEqual(hostSockets("Num RefCount …\n" + line), ["/run/docker.sock"]);
 * ```
 */
export function hostSockets(table: string = readTable()): string[] {
  const paths = new Set<string>();
  for (const line of table.split("\n")) {
    // Abstract sockets begin with '@': they belong to the network, and come and go with it.
    const path = /^(?:\S+\s+){7}(\/.*)$/.exec(line)?.[1];
    if (path !== undefined) paths.add(path);
  }
  return [...paths];
}

function readTable(): string {
  try {
    return readFileSync("/proc/net/unix", "utf8");
  } catch {
    return "";
  }
}

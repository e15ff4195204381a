/**
 * Ports that programs of this host listen on.
 *
 * @module
 * @internal
 */

import { readFileSync } from "node:fs";

/**
 * Returns the TCP ports that are listened on, as the kernel lists them; null where it does not.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hostPorts } from "runlit/host-ports";
 *
 * const listening = "0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000\n";
 * const connected = "1: 0100007F:AB10 0100007F:1538 01 00000000:00000000 00:00000000\n";
 * assert.deepEqual(hostPorts(listening + connected), new Set([5432]));
 * ```
 */
export function hostPorts(table: string | null = readTables()): Set<number> | null {
  if (table === null) return null;
  const lines = table.matchAll(/^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /gm);
  return new Set([...lines].map(([, port]) => parseInt(port, 16)));
}

function readTables(): string | null {
  try {
    return readFileSync("/proc/net/tcp", "utf8") + readTcp6();
  } catch {
    return null;
  }
}

/** Empty where the kernel has no IPv6. */
function readTcp6(): string {
  try {
    return readFileSync("/proc/net/tcp6", "utf8");
  } catch {
    return "";
  }
}

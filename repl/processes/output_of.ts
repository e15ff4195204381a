/**
 * What a program prints that tells about processes.
 *
 * @module
 */

import { spawnSync } from "node:child_process";

/** Runs a program and returns its output, whatever its exit code; "" where it cannot be started. */
export function outputOf(file: string, args: readonly string[]): string {
  try {
    return spawnSync(file, args, { encoding: "utf8", maxBuffer: 1 << 26 }).stdout ?? "";
  } catch {
    return ""; // Deno throws where it may not start that.
  }
}

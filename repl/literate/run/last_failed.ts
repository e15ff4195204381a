/**
 * Which examples failed last time.
 *
 * @module
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { DocumentTarget } from "./run_documents.ts";

/** Reads what failed in the last run that was started in a directory; null if nothing is known. */
export function readLastFailed(dir: string): DocumentTarget[] | null {
  try {
    return JSON.parse(readFileSync(stateFile(dir), "utf8"));
  } catch {
    return null;
  }
}

/** Remembers what failed. Where that cannot be written, it is not remembered. */
export function writeLastFailed(dir: string, failed: readonly DocumentTarget[]): void {
  try {
    const file = stateFile(dir);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(failed));
  } catch {
    // A convenience: a home directory that is read-only is no reason to fail.
  }
}

function stateFile(dir: string): string {
  const state = process.env.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return join(state, "runlit", "last-failed", `${nameOf(resolve(dir))}.json`);
}

/** The directory as a file name; of a very long one the end. */
function nameOf(dir: string): string {
  return encodeURIComponent(dir).slice(-200);
}

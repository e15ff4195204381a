/**
 * Reads what was done to a run.
 *
 * @module
 */

import { type MetaLocation, metaSource } from "./meta_source.ts";
import { parseRunnerLog, type RunnerLogEntry } from "./runner_log.ts";

/** Reads the entries of a run's runner log, oldest first. */
export async function readRunnerLog(run: MetaLocation): Promise<RunnerLogEntry[]> {
  return parseRunnerLog(metaSource(run).read("log/runner")?.toString() ?? "");
}

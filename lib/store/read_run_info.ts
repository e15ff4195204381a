/**
 * Reads what a listing shows of a run.
 *
 * @module
 */

import { statSync } from "node:fs";
import { NotFoundError } from "../errors.ts";
import type { RunStatus } from "../run/run_status.ts";
import type { Config, JsonValue, Run } from "../types.ts";
import { runInfo } from "./_run_info.ts";

/** A run, with what a listing shows of it. Times are in microseconds since the epoch. */
export interface RunInfo extends Run {
  readonly status: RunStatus;
  readonly initialized: number | null;
  readonly staged: number | null;
  readonly started: number | null;
  readonly stopped: number | null;
  /** Exit code of the command, negative for a signal; null if it has not ended or is not known. */
  readonly exitCode: number | null;
  /** What the user calls the run, or else its summary. */
  readonly label: string | null;
  /** Config values by key, if they were asked for. */
  readonly config: Config | null;
  /** The summary, if it was asked for and there is one. */
  readonly summary: JsonValue;
}

/** Options of {@linkcode readRunInfo}. */
export interface ReadRunInfoOptions {
  /** Whether to read the config. @default {false} */
  readonly config?: boolean;
  /** Whether to read the summary. @default {false} */
  readonly summary?: boolean;
  /** Gets a message for each thing that cannot be read and can be done without. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Reads what a listing shows of one run, for example the config of those that are shown.
 *
 * @param run A run of which only `runDir` is looked at, or its path.
 *
 * @throws {NotFoundError} The run has no meta, or no operation yet.
 * @throws {Error} Its meta is damaged.
 *
 * @example A run that is initialized
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { readRunInfo } from "runlit/read-run-info";
 *
 * const runsDir = mkdtempSync("/tmp/example-");
 * mkdirSync(`${runsDir}/60a825b1.meta`);
 * writeFileSync(`${runsDir}/60a825b1.meta/opref`, "2 demo hello");
 * const info = await readRunInfo(`${runsDir}/60a825b1`);
 * assert.equal(info.opref?.name, "hello");
 * assert.equal(info.status, "unknown");
 * rmSync(runsDir, { recursive: true });
 * ```
 */
export async function readRunInfo(
  run: Pick<Run, "runDir"> | string,
  options: ReadRunInfoOptions = {},
): Promise<RunInfo> {
  const base = typeof run === "string" ? run : run.runDir;
  const has = (suffix: string) => statSync(base + suffix, { throwIfNoEntry: false }) !== undefined;
  const files = { base, hasDir: has(".meta"), hasZip: has(".meta.zip"), hasUser: has(".user") };
  const info = files.hasDir || files.hasZip ? runInfo(files, options) : null;
  if (info !== null) return info;
  const what = files.hasDir ? "Run has no operation yet" : "Run meta dir does not exist";
  throw new NotFoundError(`${what}: ${base}.meta`, `${base}.meta`);
}

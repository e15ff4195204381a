/**
 * All that reads a run's meta, under one name.
 *
 * @module
 */

import { listMeta } from "./list_meta.ts";
import { readCmd } from "./read_cmd.ts";
import { readExit } from "./read_exit.ts";
import { readId } from "./read_id.ts";
import { readManifest } from "./read_manifest.ts";
import { type MetaLocation, readMeta, readMetaText } from "./read_meta.ts";
import { readOpdef } from "./read_opdef.ts";
import { readOpref } from "./read_opref.ts";
import { readOutput, readOutputBytes, readOutputLines } from "./read_output.ts";
import { readRunConfig } from "./read_run_config.ts";
import { readRunnerLog } from "./read_runner_log.ts";
import { readSummary } from "./read_summary.ts";
import { readSystemAttributes } from "./read_system_attributes.ts";
import { readTimestamp } from "./read_timestamp.ts";
import { readUserAttributes } from "./user_attributes.ts";

/** What {@linkcode runMeta} can do. */
export interface RunMetaReaders {
  readonly ls: typeof listMeta;
  readonly read: typeof readMeta;
  readonly readText: typeof readMetaText;
  readonly readId: typeof readId;
  readonly readOpref: typeof readOpref;
  readonly readOpdef: typeof readOpdef;
  readonly readConfig: typeof readRunConfig;
  readonly readCmd: typeof readCmd;
  /** Reads the environment variables that a run's command was given. */
  readonly readEnv: (run: MetaLocation) => Promise<Readonly<Record<string, string>>>;
  readonly readManifest: typeof readManifest;
  readonly readOutput: typeof readOutput;
  readonly readOutputBytes: typeof readOutputBytes;
  readonly readOutputLines: typeof readOutputLines;
  readonly readLog: typeof readRunnerLog;
  readonly readSummary: typeof readSummary;
  readonly readSystemAttributes: typeof readSystemAttributes;
  readonly readUserAttributes: typeof readUserAttributes;
  readonly readTimestamp: typeof readTimestamp;
  readonly readExit: typeof readExit;
}

/**
 * Readers of a run's meta. Each takes a run, or the path of its meta, and works alike on a
 * directory and on a zip.
 *
 * @example Read a run's meta
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { runMeta } from "runlit/run-meta";
 *
 * const runsDir = mkdtempSync("/tmp/example-");
 * mkdirSync(`${runsDir}/60a825b1.meta`);
 * writeFileSync(`${runsDir}/60a825b1.meta/opref`, "2 demo hello");
 * const run = { runDir: `${runsDir}/60a825b1` };
 * assert.deepEqual(await runMeta.ls(run), ["opref"]);
 * assert.deepEqual(await runMeta.readOpref(run), { namespace: "demo", name: "hello" });
 * assert.equal(await runMeta.readExit(run), null);
 * rmSync(runsDir, { recursive: true });
 * ```
 */
export const runMeta: RunMetaReaders = {
  ls: listMeta,
  read: readMeta,
  readText: readMetaText,
  readId,
  readOpref,
  readOpdef,
  readConfig: readRunConfig,
  readCmd,
  readEnv: async (run) => (await readCmd(run)).env,
  readManifest,
  readOutput,
  readOutputBytes,
  readOutputLines,
  readLog: readRunnerLog,
  readSummary,
  readSystemAttributes,
  readUserAttributes,
  readTimestamp,
  readExit,
};

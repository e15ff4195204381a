/**
 * Makes a run.
 *
 * @module
 */

import { existsSync, mkdirSync, rmdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { NotFoundError } from "../errors.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { newRunId } from "../meta/new_run_id.ts";
import { encodeOpRef } from "../meta/opref.ts";
import { runName } from "../meta/run_name.ts";
import type { OpRef, Run } from "../types.ts";

/** Options of {@link makeRun}. */
export interface MakeRunOptions {
  /**
   * Operation that the run is of. Written at once, so that the run can be listed before its meta is
   * initialized. Default: no meta is written yet.
   */
  opref?: OpRef;
  /** ID of the run, a lowercase UUID. Default: a random one (version 4). */
  id?: string;
}

/** So many random IDs in a row are never taken: something else is wrong. */
const MOST_TRIES = 10;

/**
 * Makes a run in a runs directory: claims an ID and creates the run directory.
 *
 * The ID is claimed by creating the directory, which the file system lets only one process do; no
 * number of processes making runs at the same time gets the same one.
 *
 * @throws {NotFoundError} The runs directory does not exist.
 * @throws {RangeError} `options.id` is no run ID.
 * @throws {Error} `options.id` is taken, or the runs directory cannot be written.
 *
 * @example A run and its directory
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readdirSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { makeRun } from "runlit/make-run";
 *
 * const runsDir = mkdtempSync(join(tmpdir(), "runs-"));
 * const run = await makeRun(runsDir);
 * assert.deepEqual(readdirSync(runsDir), [run.id]);
 * assert.equal(run.runDir, join(runsDir, run.id));
 * rmSync(runsDir, { recursive: true });
 * ```
 */
export async function makeRun(runsDir: string, options: MakeRunOptions = {}): Promise<Run> {
  const root = resolve(runsDir);
  const { opref = null } = options;
  const encoded = opref === null ? null : encodeOpRef(opref);
  const id = claim(root, options.id);
  const runDir = join(root, id);
  const metaDir = `${runDir}.meta`;
  if (encoded !== null) {
    try {
      mkdirSync(metaDir);
      writeFileAtomicSync(join(metaDir, "opref"), encoded, { mode: 0o444 });
    } catch (error) {
      rmSync(metaDir, { recursive: true, force: true });
      rmdirSync(runDir);
      throw error;
    }
  }
  return { id, name: runName(id), runDir, metaDir, opref };
}

/** Creates the run directory of an ID that no other run has, and returns the ID. */
function claim(root: string, wanted: string | undefined): string {
  if (wanted !== undefined) checkId(wanted);
  for (let tries = 1;; tries++) {
    const id = wanted ?? newRunId();
    try {
      mkdirSync(join(root, id));
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === "EEXIST" && wanted === undefined && tries < MOST_TRIES) continue;
      throw explain(root, id, cause as NodeJS.ErrnoException);
    }
    // A run whose directory was removed still has its meta, and its ID.
    const meta = [".meta", ".meta.zip"].find((suffix) => existsSync(join(root, id + suffix)));
    if (meta === undefined) return id;
    rmdirSync(join(root, id));
    if (wanted !== undefined || tries >= MOST_TRIES) throw taken(root, id);
  }
}

function checkId(id: string): void {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)) return;
  throw new RangeError(
    `Cannot make run '${id}': a run ID is a lowercase UUID, ` +
      `such as '60a825b1-7c1f-4d2e-9b1a-0123456789ab'`,
  );
}

function explain(root: string, id: string, cause: NodeJS.ErrnoException): Error {
  switch (cause.code) {
    case "EEXIST":
      return taken(root, id, cause);
    case "ENOENT":
      return new NotFoundError(`Runs dir does not exist: ${root}`, root, { cause });
    case "ENOTDIR":
      return new Error(`Cannot make a run in '${root}': it is not a directory`, { cause });
    default:
      return new Error(`Cannot make a run in '${root}': ${cause.message}`, { cause });
  }
}

function taken(root: string, id: string, cause?: unknown): Error {
  return new Error(`Cannot make run '${id}': there already is a run with this ID in '${root}'`, {
    cause,
  });
}

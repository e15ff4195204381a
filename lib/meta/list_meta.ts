/**
 * Lists a run's meta.
 *
 * @module
 */

import { type MetaLocation, metaSource } from "./meta_source.ts";

/**
 * Lists the names in a run's meta, sorted; directories are listed too and end in `/`.
 *
 * The names are the same whether meta is a directory or a zip. Temporary files (`*.tmp`) are not
 * listed.
 *
 * @throws {NotFoundError} The run has no meta.
 *
 * @example A directory and a zip
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { listMeta } from "runlit/list-meta";
 * import { sealMeta } from "runlit/seal-meta";
 *
 * const runsDir = mkdtempSync("/tmp/example-");
 * mkdirSync(`${runsDir}/a.meta/log`, { recursive: true });
 * writeFileSync(`${runsDir}/a.meta/id`, "a");
 * writeFileSync(`${runsDir}/a.meta/log/runner`, "");
 * assert.deepEqual(await listMeta(`${runsDir}/a.meta`), ["id", "log/", "log/runner"]);
 * const zip = await sealMeta(`${runsDir}/a.meta`);
 * assert.deepEqual(await listMeta(zip), ["id", "log/", "log/runner"]);
 * rmSync(runsDir, { recursive: true });
 * ```
 */
export async function listMeta(run: MetaLocation): Promise<string[]> {
  return metaSource(run).names();
}

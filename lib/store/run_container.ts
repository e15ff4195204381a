/**
 * Where a run was moved to: nowhere, the trash, or an archive.
 *
 * @module
 */

import { readdirSync } from "node:fs";

/**
 * Tells the container a run is in: `active`, `trash`, or the ID of an archive.
 *
 * Format (Gage's): a directory of empty files `<ulid>-<container>`, one per move and none ever
 * changed; the last name counts. Moving a run touches none of its files.
 *
 * @param dir The run's `<id>.move`, which need not exist.
 *
 * @example The last move counts
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { runContainer } from "runlit/run-container";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * assert.equal(runContainer(dir), "active");
 * writeFileSync(`${dir}/018bcfe5-6800-4aaa-8aaa-aaaaaaaaaaaa-trash`, "");
 * assert.equal(runContainer(dir), "trash");
 * rmSync(dir, { recursive: true });
 * ```
 */
export function runContainer(dir: string): string {
  let last = "";
  try {
    for (const name of readdirSync(dir)) {
      if (ULID.test(name) && name > last) last = name;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return last.slice(ULID_LENGTH + 1) || "active";
}

const ULID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-./;
const ULID_LENGTH = 36;

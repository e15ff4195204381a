/**
 * A run in Guild's layout whose command has closed its directory.
 *
 * @module
 */

import { chmodSync, lstatSync } from "node:fs";
import { join } from "node:path";
import type { GuildRun } from "./guild_run.ts";

/**
 * Opens the directories that a run's record is in, should its command have closed them to their
 * user: how it ended would be lost.
 */
export function openClosedRun({ runDir }: Pick<GuildRun, "runDir">): void {
  for (const dir of [runDir, join(runDir, ".guild"), join(runDir, ".guild", "attrs")]) {
    try {
      const stat = lstatSync(dir);
      if (stat.isDirectory() && (stat.mode & 0o700) !== 0o700) {
        chmodSync(dir, (stat.mode & 0o7777) | 0o700);
      }
    } catch {
      // What is written there says so.
      return;
    }
  }
}

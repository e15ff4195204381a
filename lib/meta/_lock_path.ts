/**
 * Where the lock of a run is.
 *
 * @module
 */

import { join } from "node:path";
import { isGuildMeta } from "./guild/is_guild_meta.ts";

/** The file that is a run's lock. What Runlit says about its holder is beside it, in `.json`. */
export function lockPath(metaDir: string): string {
  return isGuildMeta(metaDir) ? join(metaDir, "LOCK") : join(metaDir, "proc", "lock");
}

/**
 * Reads how a run's command ended.
 *
 * @module
 */

import { type MetaLocation, metaSource } from "./meta_source.ts";
import { loggedExit, parseExit } from "./parse_exit.ts";

/**
 * Reads the exit code of a run's command: null if it has not ended, or nobody was there to see it.
 *
 * A negative code is the number of the signal that ended it. The code is in `proc/exit` once the
 * run is finalized; before that, the runner log has it from the moment the command ended.
 */
export async function readExit(run: MetaLocation): Promise<number | null> {
  const meta = metaSource(run);
  const exit = meta.read("proc/exit")?.toString();
  return exit === undefined
    ? loggedExit(meta.read("log/runner")?.toString() ?? "")
    : parseExit(exit);
}

/**
 * Where the history of a project is kept.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The file for a project's history: what `RUNLIT_HISTORY` names (null if that is empty), in the
 * project's `.runlit/` where there is one, else in the user's state directory.
 */
export function historyPath(
  projectDir: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | null {
  const { RUNLIT_HISTORY } = env;
  if (RUNLIT_HISTORY !== undefined) return RUNLIT_HISTORY === "" ? null : RUNLIT_HISTORY;
  const own = join(projectDir, ".runlit");
  if (existsSync(own)) return join(own, "history");
  const state = env.XDG_STATE_HOME || join(env.HOME || homedir(), ".local", "state");
  return join(state, "runlit", "history", encodeURIComponent(projectDir));
}

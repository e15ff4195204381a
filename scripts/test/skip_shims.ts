/**
 * Programs that are reached through a version manager.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { delimiter, dirname } from "node:path";

/**
 * Returns a `PATH` in which Python comes before the shell script that pyenv and others put in its
 * place: that takes several times as long to start as Python itself, and tests start hundreds.
 */
export function skipShims(path: string): string {
  const args = ["-c", "import sys; print(sys.executable)"];
  const env = { ...process.env, PATH: path };
  const { stdout } = spawnSync("python3", args, { encoding: "utf8", env });
  const folder = dirname((stdout ?? "").trim());
  return folder === "." || path.split(delimiter).includes(folder)
    ? path
    : folder + delimiter + path;
}

/**
 * The manifest of a run that is over.
 *
 * @module
 */

import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readFilesLog } from "../meta/files_log.ts";
import { parseManifest } from "../meta/manifest.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import { logRunner } from "../meta/runner_log.ts";
import type { Run } from "../types.ts";
import { linkedDigests } from "./_dependency_record.ts";
import type { PhaseOptions } from "./phase_options.ts";
import { writeManifest } from "./_write_manifest.ts";

/** Times are told in milliseconds, and a file system may round them. */
const MARGIN_MS = 20;

/**
 * Rewrites the manifest with what the run generated, and names in the runner log each staged file
 * that is not what it was.
 *
 * A staged file is read again unless nothing can have touched it: it has the time of modification
 * that the log has, and its status has not changed since the run was staged, which no program can
 * forge.
 */
export async function finalManifest(run: Run, options: PhaseOptions): Promise<void> {
  const path = runMetaPath(run, "manifest");
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const staged = new Map(parseManifest(text).map((entry) => [entry.path, entry.sha256]));
  const linked = linkedDigests(run);
  const stagedMs = Number(readFileSync(runMetaPath(run, "staged"), "utf8")) / 1000;
  const logged = new Map<string, number | null>();
  for (const { type, path, mtime } of await readFilesLog(run)) {
    // What changed since is of type `g`.
    if (type !== "g") logged.set(path, mtime);
  }

  const untouched = (path: string): boolean => {
    const stat = lstatSync(join(run.runDir, path), { throwIfNoEntry: false });
    return stat !== undefined && stat.isFile() &&
      Math.floor(stat.mtimeMs) * 1000 === logged.get(path) &&
      latest(stat.ctimeMs) < stagedMs - MARGIN_MS;
  };
  const known = (path: string) => {
    if (linked.has(path)) return linked.get(path);
    return staged.has(path) && untouched(path) ? staged.get(path) : undefined;
  };
  const { signal, onProgress } = options;
  const manifest = await writeManifest(run, known, { signal, onProgress, what: "Finalizing" });
  for (const { path, sha256 } of manifest) {
    const before = staged.get(path);
    if (before !== undefined && before !== sha256) {
      logRunner(run, `File "${path}" was modified during the run`);
    }
  }
}

/** Deno tells the second of a change of status: it may have been at the end of it. */
function latest(ctimeMs: number): number {
  return ctimeMs % 1000 === 0 ? ctimeMs + 999 : ctimeMs;
}

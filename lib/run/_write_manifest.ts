/**
 * Writes a run's manifest: the digest of every file that its log knows.
 *
 * @module
 */

import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import { hashFile } from "../files/hash_file.ts";
import { sha256 } from "../files/sha256.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { readFilesLog } from "../meta/files_log.ts";
import { encodeManifest, type ManifestEntry, reduceFilesLog } from "../meta/manifest.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import { logRunner } from "../meta/runner_log.ts";
import type { Run } from "../types.ts";
import { interrupted } from "./_check_interrupted.ts";
import { reopening } from "./_open_closed.ts";
import type { PhaseOptions } from "./phase_options.ts";

/** Digests that are known already, by path. */
export type KnownDigests = (path: string) => string | undefined;

/** How a manifest is written. */
export interface WriteManifestOptions extends Pick<PhaseOptions, "signal" | "onProgress"> {
  /** For the error when it is interrupted. */
  readonly what: "Staging" | "Finalizing";
}

/** A file this large takes so long that the log tells of it. */
const LARGE = 1 << 30;
/** Milliseconds of work after which signals are let through. */
const LONG_MS = 100;

/**
 * Hashes the run's files and writes the manifest. `known` may spare files that need not be read
 * again. Returns the entries, in the log's order.
 *
 * @throws {RunStateError} The signal has aborted before all was read.
 */
export async function writeManifest(
  run: Run,
  known: KnownDigests,
  options: WriteManifestOptions,
): Promise<ManifestEntry[]> {
  const { signal, what } = options;
  const entries: ManifestEntry[] = [];
  try {
    let paused = performance.now();
    for (const [path, type] of reduceFilesLog(await readFilesLog(run))) {
      const sha256 = known(path) ?? await reopening(run, () => digest(run, path, options));
      if (sha256 !== null) entries.push({ type, sha256, path });
      if (performance.now() - paused < LONG_MS) continue;
      await setImmediate();
      signal?.throwIfAborted();
      paused = performance.now();
    }
  } catch (error) {
    throw signal?.aborted ? interrupted(run, signal, what) : error;
  }
  writeFileAtomicSync(runMetaPath(run, "manifest"), encodeManifest(entries), { mode: 0o644 });
  return entries;
}

/**
 * The digest of a file; of a link, that of the file it leads to. A link to something else, or out
 * of the run directory where nothing was linked by the run itself, stands for its target's name.
 */
async function digest(
  run: Run,
  path: string,
  options: WriteManifestOptions,
): Promise<string | null> {
  const file = join(run.runDir, path);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  if (!stat.isSymbolicLink()) return await hash(run, { path, file, size: stat.size }, options);
  const real = realFile(file);
  const inside = real?.startsWith(realpathSync(run.runDir) + sep);
  if (!inside) return sha256(readlinkSync(file));
  return await hash(run, { path, file: real!, size: statSync(real!).size }, options);
}

/** Hashes a file; says so before if that takes long, since a file with holes may have any size. */
async function hash(
  run: Run,
  { path, file, size }: { path: string; file: string; size: number },
  { signal, onProgress }: WriteManifestOptions,
): Promise<string> {
  if (size >= LARGE) logRunner(run, `Hashing ${JSON.stringify(path)} (${size} bytes)`);
  return await hashFile(file, {
    signal,
    onProgress: (bytes) => {
      const name = JSON.stringify(path);
      const percent = Math.min(100, Math.floor(100 * bytes / size));
      onProgress?.({ percent: null, text: `hashing ${name}: ${percent}%` });
    },
  });
}

/** The file that a link leads to; null if it leads to none, such as in circles. */
function realFile(link: string): string | null {
  try {
    return statSync(link).isFile() ? realpathSync(link) : null;
  } catch {
    return null;
  }
}

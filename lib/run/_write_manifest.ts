/**
 * Writes a run's manifest: the digest of every file that its log knows.
 *
 * @module
 */

import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { hashFile } from "../files/hash_file.ts";
import { sha256 } from "../files/sha256.ts";
import { writeFileAtomicSync } from "../files/write_file_atomic.ts";
import { readFilesLog } from "../meta/files_log.ts";
import { encodeManifest, type ManifestEntry, reduceFilesLog } from "../meta/manifest.ts";
import { runMetaPath } from "../meta/run_paths.ts";
import type { Run } from "../types.ts";
import { reopening } from "./_open_closed.ts";

/** Digests that are known already, by path. */
export type KnownDigests = (path: string) => string | undefined;

/**
 * Hashes the run's files and writes the manifest. `known` may spare files that need not be read
 * again. Returns the entries, in the log's order.
 */
export async function writeManifest(
  run: Run,
  known: KnownDigests = () => undefined,
): Promise<ManifestEntry[]> {
  const entries: ManifestEntry[] = [];
  for (const [path, type] of reduceFilesLog(await readFilesLog(run))) {
    const sha256 = known(path) ?? await reopening(run, () => digest(run, path));
    if (sha256 !== null) entries.push({ type, sha256, path });
  }
  writeFileAtomicSync(runMetaPath(run, "manifest"), encodeManifest(entries), { mode: 0o644 });
  return entries;
}

/**
 * The digest of a file; of a link, that of the file it leads to. A link to something else, or out
 * of the run directory where nothing was linked by the run itself, stands for its target's name.
 */
async function digest(run: Run, path: string): Promise<string | null> {
  const file = join(run.runDir, path);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  if (!stat.isSymbolicLink()) return await hashFile(file);
  const real = realFile(file);
  const inside = real?.startsWith(realpathSync(run.runDir) + sep);
  return inside ? await hashFile(real!) : sha256(readlinkSync(file));
}

/** The file that a link leads to; null if it leads to none, such as in circles. */
function realFile(link: string): string | null {
  try {
    return statSync(link).isFile() ? realpathSync(link) : null;
  } catch {
    return null;
  }
}

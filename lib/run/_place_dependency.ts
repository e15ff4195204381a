/**
 * Puts the files of dependencies where they belong.
 *
 * @module
 */

import { lstatSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { DependencyError } from "../errors.ts";
import { copyFile } from "../files/copy_file.ts";
import { hashFile } from "../files/hash_file.ts";
import { readFilesLog } from "../meta/files_log.ts";
import type { Run } from "../types.ts";
import type { ResolvedFile } from "./_dependency_record.ts";
import { linkOut } from "./_link_out.ts";

/** How a file gets into the run. */
export interface PlaceOptions {
  readonly link: boolean;
  /** Files of the run that are no dependencies. */
  readonly taken: ReadonlySet<string>;
  /** What the record calls the file. */
  readonly source: string;
  /** Ends the reading of a large file. */
  readonly signal?: AbortSignal;
}

/** Copies or links one file into the run. */
export async function placeDependency(
  run: Run,
  file: string,
  path: string,
  { link, taken, source, signal }: PlaceOptions,
): Promise<ResolvedFile> {
  const target = join(run.runDir, path);
  const out = linkOut(run.runDir, dirname(path));
  if (out !== null) {
    throw new DependencyError(
      `Cannot resolve dependency '${path}': '${out.link}' of the run is a link that leads ` +
        `${out.target === null ? "nowhere" : `out of it, to '${out.target}'`}; ` +
        `make it a directory, or give the dependency another place with 'to'`,
    );
  }
  const there = lstatSync(target, { throwIfNoEntry: false });
  if (there !== undefined && taken.has(path)) {
    const sha256 = await hashFile(file, { signal });
    if (there.isFile() && await hashFile(target, { signal }) === sha256) {
      return { path, source, sha256, size: there.size, link: false };
    }
    throw new DependencyError(
      `Cannot resolve dependency '${path}': the run has another file of this name; ` +
        `give the dependency another place with 'to', or leave the file out of 'sourcecode'`,
    );
  }
  if (there !== undefined) rmSync(target);
  if (!link) {
    const { size, sha256 } = await copyFile(file, target, { hash: true });
    return { path, source, sha256: sha256!, size, link };
  }
  const sha256 = await hashFile(file, { signal });
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(file, target);
  return { path, source, sha256, size: lstatSync(file).size, link };
}

/** Files of the run that are no dependencies: an earlier, failed staging may have left some. */
export async function otherFiles(run: Run): Promise<Set<string>> {
  const paths = new Set<string>();
  for (const { event, type, path } of await readFilesLog(run)) {
    if (event === "a" && type !== "d") paths.add(path);
    else if (event === "d") paths.delete(path);
  }
  return paths;
}

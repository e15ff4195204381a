/**
 * Copies selected files to a directory.
 *
 * @module
 */

import { lstatSync, mkdirSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { CopiedFile } from "./_copied_file.ts";
import { copyContents } from "./_copy_contents.ts";
import { FileError, fileError } from "./file_error.ts";

export type { CopiedFile };

/** A file to copy; what `selectFiles` returns fits. */
export interface FileToCopy {
  /** Path relative to the target directory, with `/` between its parts. */
  readonly path: string;
  /** Regular file that holds the contents. */
  readonly source: string;
}

/** Options of {@linkcode copyFiles}. */
export interface CopyFilesOptions {
  /** Compute digests in the same pass. Default: false. */
  readonly hash?: boolean;
  /** Ends the work between two files; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Gets each path once it is copied. */
  readonly onFile?: (path: string, copied: CopiedFile) => void;
}

/**
 * Copies files to a directory, as `copyFile` does, and returns what was copied by path.
 *
 * Nothing is written outside of the directory: a path that leaves it, and a link in place of a
 * directory in it, are errors. The first error ends the work, and leaves what is copied by then.
 *
 * @example Copy what was selected
 * ```ts
 * import { copyFiles } from "runlit/copy-files";
 * import { parseFilePatterns } from "runlit/parse-file-patterns";
 * import { selectFiles } from "runlit/select-files";
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * mkdirSync(`${dir}/project`);
 * writeFileSync(`${dir}/project/train.py`, "");
 * const { files } = await selectFiles(`${dir}/project`, parseFilePatterns("*.py"));
 * await copyFiles(files, `${dir}/run`);
 * assert.deepEqual(readdirSync(`${dir}/run`), ["train.py"]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function copyFiles(
  files: Iterable<FileToCopy>,
  targetDir: string,
  options: CopyFilesOptions = {},
): Promise<Map<string, CopiedFile>> {
  makeDir(targetDir);
  const dirs = new Set([""]);
  const copies = new Map<string, CopiedFile>();
  let rested = performance.now();
  for (const { path, source } of files) {
    options.signal?.throwIfAborted();
    if (/^\/|(?:^|\/)\.{0,2}(?:\/|$)/.test(path)) {
      throw new FileError("copy to", path, "the path leaves its directory");
    }
    ensureDirs(targetDir, path, dirs);
    const copied = await copyContents(source, `${targetDir}/${path}`, { hash: options.hash });
    copies.set(path, copied);
    options.onFile?.(path, copied);
    if (performance.now() - rested > 50) {
      // Lets signals and timers through.
      await setImmediate();
      rested = performance.now();
    }
  }
  return copies;
}

/** Makes the directories that a path needs. Those that are known are looked at once only. */
function ensureDirs(targetDir: string, path: string, known: Set<string>): void {
  const parent = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
  if (known.has(parent)) return;
  ensureDirs(targetDir, parent, known);
  const dir = `${targetDir}/${parent}`;
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  if (stat === undefined) makeDir(dir);
  else if (!stat.isDirectory()) {
    throw new FileError("copy into", dir, "it is not a directory; a link is not followed");
  }
  known.add(parent);
}

function makeDir(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw fileError("make directory", dir, error);
  }
}

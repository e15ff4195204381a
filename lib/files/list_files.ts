/**
 * What is in a directory, and below it.
 *
 * @module
 */

import { lstatSync, readdirSync, type Stats } from "node:fs";
import { type FileError, fileError } from "./file_error.ts";
import { naturalCompare } from "./natural_compare.ts";

/** A file, directory, symbolic link, or something else (pipe, socket, device). */
export interface FileEntry {
  /** Path relative to the listed directory, with `/` between its parts. */
  readonly path: string;
  readonly kind: "file" | "dir" | "symlink" | "other";
  /** Bytes. */
  readonly size: number;
  /** Permission bits, set-ID bits included; without the file type. */
  readonly mode: number;
  /** Time of last change in whole milliseconds, which is all that both runtimes tell. */
  readonly mtimeMs: number;
}

/** Options of {@linkcode listFiles}. */
export interface ListFilesOptions {
  /** List directories too, each before what is in it. Default: false. */
  readonly includeDirs?: boolean;
  /**
   * Gets the error of what is below and cannot be read: the files in a directory, or one that cannot
   * be looked at. It is not listed. Default: the error is thrown.
   */
  readonly onError?: (error: FileError) => void;
}

/**
 * Lists what is below a directory, in natural order of the paths.
 *
 * Symbolic links are listed as what they are and never followed. What vanishes meanwhile is not
 * listed. Throws a `FileError` if the directory cannot be read.
 *
 * @example List a directory
 * ```ts
 * import { listFiles } from "runlit/list-files";
 * import assert from "node:assert/strict";
 * import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * mkdirSync(`${dir}/conf`);
 * writeFileSync(`${dir}/conf/train.yaml`, "lr: 0.1\n");
 * const files = await listFiles(dir);
 * assert.deepEqual(files.map((file) => file.path), ["conf/train.yaml"]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function listFiles(
  dir: string,
  options: ListFilesOptions = {},
): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  const waiting: string[] = [""];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const name of readNames(dir, parent, options)) {
      const path = parent + name;
      const entry = readEntry(dir, path, options);
      if (entry === null) continue;
      if (entry.kind === "dir") waiting.push(`${path}/`);
      if (entry.kind !== "dir" || options.includeDirs) entries.push(entry);
    }
  }
  return entries.sort((a, b) => naturalCompare(a.path, b.path));
}

function readNames(dir: string, parent: string, options: ListFilesOptions): string[] {
  const path = parent === "" ? dir : `${dir}/${parent.slice(0, -1)}`;
  try {
    return readdirSync(path);
  } catch (error) {
    if (parent !== "" && (error as NodeJS.ErrnoException).code === "ENOENT") return [];
    const failure = fileError("list", path, error);
    if (parent === "" || !options.onError) throw failure;
    options.onError(failure);
    return [];
  }
}

function readEntry(dir: string, path: string, options: ListFilesOptions): FileEntry | null {
  let stat: Stats | undefined;
  try {
    stat = lstatSync(`${dir}/${path}`, { throwIfNoEntry: false });
  } catch (error) {
    const failure = fileError("look at", `${dir}/${path}`, error);
    if (!options.onError) throw failure;
    options.onError(failure);
  }
  if (stat === undefined) return null;
  return {
    path,
    kind: stat.isFile()
      ? "file"
      : stat.isDirectory()
      ? "dir"
      : stat.isSymbolicLink()
      ? "symlink"
      : "other",
    size: stat.size,
    mode: stat.mode & 0o7777,
    mtimeMs: Math.floor(stat.mtimeMs),
  };
}

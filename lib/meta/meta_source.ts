/**
 * Meta as its readers see it: the same whether it is a directory or a zip.
 *
 * @module
 */

import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { NotFoundError } from "../errors.ts";
import {
  guildFileNames,
  guildFilePath,
  guildStatus,
  isGuildMeta,
  readGuildFile,
} from "./guild/guild_source.ts";
import { compareCodePoints } from "./python_json.ts";
import type { RunStatus } from "./status_of_files.ts";
import { type RunLocation, runMetaDir } from "./run_paths.ts";
import { openZip, type ZipFile } from "./zip/open_zip.ts";
import { readZipEntry, readZipRange } from "./zip/read_zip_entry.ts";
import { ZipError } from "./zip/zip_error.ts";

/** A run, or the path of its meta directory or zip. */
export type MetaLocation = RunLocation | string;

/** Meta that is there. */
export interface MetaSource {
  /** The directory or the zip. */
  readonly path: string;
  readonly isZip: boolean;
  /** Status of the run, where the layout has rules of its own for it. */
  readonly status?: () => RunStatus;
  /** Contents of a file, or null if there is none of that name. */
  read(name: string): Buffer | null;
  /** Bytes of a file from `start` up to `end`; a negative start counts from its end. */
  readRange(name: string, start: number, end?: number): Buffer | null;
  has(name: string): boolean;
  /** Bytes of a file, or null if there is none of that name. */
  size(name: string): number | null;
  /** All names, sorted as Python does; a directory's ends in `/`. */
  names(): string[];
}

/**
 * Finds a run's meta: its directory or its zip, whichever there is, so that a record of a run stays
 * good when the run is sealed. If both are there, sealing was interrupted: the zip counts unless it
 * is broken.
 *
 * @throws {NotFoundError} There is neither.
 * @throws {ZipError} There is only a zip, and it is broken.
 */
export function metaSource(location: MetaLocation): MetaSource {
  const given = typeof location === "string"
    ? location.replace(/(?<=.)[/\\]+$/, "")
    : runMetaDir(location);
  if (isGuildMeta(given)) return guildSource(given);
  const dir = given.endsWith(".zip") ? given.slice(0, -".zip".length) : given;
  const isDir = statSync(dir, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const zipPath = `${dir}.zip`;
  const zipStat = statSync(zipPath, { throwIfNoEntry: false });
  if (zipStat?.isFile()) {
    try {
      return zipSource(cachedZip(zipPath, `${zipStat.ino} ${zipStat.size} ${zipStat.mtimeMs}`));
    } catch (error) {
      if (!isDir || !(error instanceof ZipError)) throw error;
    }
  }
  if (isDir) return dirSource(dir);
  throw new NotFoundError(`Run meta dir does not exist: ${given}`, given);
}

/** A Guild run's meta is in its run directory, and never a zip. */
function guildSource(dir: string): MetaSource {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    throw new NotFoundError(`Run meta dir does not exist: ${dir}`, dir);
  }
  const size = (name: string) => {
    const path = guildFilePath(dir, name);
    return path === null ? readGuildFile(dir, name)?.length ?? null : fileSize(path);
  };
  return {
    path: dir,
    isZip: false,
    status: () => guildStatus(dir),
    has: (name) => size(name) !== null,
    size,
    read: (name) => readGuildFile(dir, name),
    readRange: (name, start, end) => {
      const path = guildFilePath(dir, name);
      return path === null
        ? readGuildFile(dir, name)?.subarray(start, end) ?? null
        : readFileRange(path, start, end);
    },
    names: () => guildFileNames(dir),
  };
}

let cached: { key: string; zip: ZipFile } | undefined;

/** Who reads one file of a run's meta reads others: the last zip is looked into once. */
function cachedZip(path: string, version: string): ZipFile {
  const key = `${version} ${path}`;
  if (cached?.key !== key) cached = { key, zip: openZip(path) };
  return cached.zip;
}

function zipSource(zip: ZipFile): MetaSource {
  const has = (name: string) => zip.entries.has(name) && !name.endsWith("/");
  return {
    path: zip.path,
    isZip: true,
    has,
    size: (name) => has(name) ? zip.entries.get(name)!.record.size : null,
    read: (name) => has(name) ? readZipEntry(zip, name) : null,
    readRange: (name, start, end) => has(name) ? readZipRange(zip, name, start, end) : null,
    names: () => [...zip.entries.keys()].filter(isKept).sort(compareCodePoints),
  };
}

function dirSource(dir: string): MetaSource {
  const read = (name: string) => {
    try {
      return readFileSync(join(dir, name));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
      throw error;
    }
  };
  return {
    path: dir,
    isZip: false,
    has: (name) => statSync(join(dir, name), { throwIfNoEntry: false })?.isFile() ?? false,
    size: (name) => fileSize(join(dir, name)),
    read,
    readRange: (name, start, end) => readFileRange(join(dir, name), start, end),
    names: () => listDir(dir, "").sort(compareCodePoints),
  };
}

function fileSize(path: string): number | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? stat.size : null;
}

function readFileRange(path: string, start: number, end = Infinity): Buffer | null {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return null;
  const fd = openSync(path, "r");
  try {
    const { size } = fstatSync(fd);
    const first = Math.min(start < 0 ? Math.max(0, size + start) : start, size);
    const bytes = Buffer.alloc(Math.max(0, Math.min(end, size) - first));
    let done = 0;
    for (let length = -1; done < bytes.length && length !== 0; done += length) {
      length = readSync(fd, bytes, done, bytes.length - done, first + done);
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(fd);
  }
}

function listDir(dir: string, parent: string): string[] {
  const names: string[] = [];
  for (const entry of readdirSync(join(dir, parent), { withFileTypes: true })) {
    const name = parent + entry.name;
    if (entry.isDirectory()) names.push(`${name}/`, ...listDir(dir, `${name}/`));
    else if (isKept(name)) names.push(name);
  }
  return names;
}

/** Temporary files are what a crash left, or what is being written. */
export function isKept(name: string): boolean {
  return !name.endsWith(".tmp");
}

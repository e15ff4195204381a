/**
 * Writes zip files whose entries are stored, not compressed.
 *
 * Made for meta: many small files. Zip libraries spend several times the budget of a whole run on
 * them, and one read of a stored file's tail gives a listing all it needs.
 *
 * @module
 */

import { closeSync, fchmodSync, fstatSync, openSync, readSync, rmSync, type Stats } from "node:fs";
import { CHUNK, Output } from "./_output.ts";
import { centralHeader, endRecords, type EntryRecord, localHeader } from "./_records.ts";
import { crc32 } from "./crc32.ts";
import { reasonOf } from "../../files/file_error.ts";
import { ZipError } from "./zip_error.ts";

/** Something to put into a zip file: a file, bytes, or (with neither) a directory. */
export interface ZipSource {
  /** Name in the zip, with `/`. A directory's ends in one. */
  readonly name: string;
  /** File to read. */
  readonly path?: string;
  /** Contents, instead of a file. */
  readonly data?: Uint8Array;
  /** Permission bits. Default: the file's; 0444 for bytes and 0755 for directories. */
  readonly mode?: number;
}

/** Options of {@linkcode writeZip}. */
export interface WriteZipOptions {
  /** Called with the open file before it is closed, for example to flush it. */
  readonly onWritten?: (fd: number) => void;
  /** Permission bits of the zip file. Default: what the umask leaves of 0666. */
  readonly mode?: number;
}

const REGULAR = 0o100000;
const DIRECTORY = 0o040000;

/**
 * Writes a zip file that does not exist yet, entries in the order given.
 *
 * Equal input gives equal bytes: all times are 1980-01-01. Files are read in chunks of 1 MiB, so
 * memory stays flat whatever their size; more than 65,534 entries or 4 GiB are written as zip64.
 * When something fails, the zip file is removed.
 *
 * @throws {ZipError} The file exists, a source cannot be read, or it changed while it was read.
 *
 * @example Write and read back
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { openZip } from "runlit/open-zip";
 * import { readZipEntry } from "runlit/read-zip-entry";
 * import { writeZip } from "runlit/write-zip";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeZip(`${dir}/a.zip`, [{ name: "log/" }, { name: "log/runner", data: Buffer.from("hi") }]);
 * const zip = openZip(`${dir}/a.zip`);
 * assert.deepEqual([...zip.entries.keys()], ["log/", "log/runner"]);
 * assert.equal(readZipEntry(zip, "log/runner").toString(), "hi");
 * rmSync(dir, { recursive: true });
 * ```
 */
export function writeZip(
  path: string,
  sources: readonly ZipSource[],
  options: WriteZipOptions = {},
): void {
  let fd: number;
  try {
    fd = openSync(path, "wx", options.mode ?? 0o666);
  } catch (cause) {
    throw new ZipError(path, reasonOf(cause), { cause, writing: true });
  }
  try {
    if (options.mode !== undefined) fchmodSync(fd, options.mode);
    writeEntries(new Output(fd), sources);
    options.onWritten?.(fd);
    closeSync(fd);
  } catch (cause) {
    try {
      closeSync(fd);
    } catch {
      // Closing was what failed.
    }
    rmSync(path, { force: true });
    throw new ZipError(path, reasonOf(cause), { cause, writing: true });
  }
}

function writeEntries(output: Output, sources: readonly ZipSource[]): void {
  const records = sources.map((source) => writeEntry(output, source));
  const start = output.position;
  for (const record of records) output.write(centralHeader(record));
  output.write(endRecords(records.length, start, output.position - start));
  output.flush();
}

function writeEntry(output: Output, source: ZipSource): EntryRecord {
  const { path, data } = source;
  if (path !== undefined) return writeFileEntry(output, source, path);
  const isDirectory = data === undefined;
  const mode = source.mode ?? (isDirectory ? 0o755 : 0o444);
  const record = {
    ...nameOf(source),
    mode: (mode & 0o7777) | (isDirectory ? DIRECTORY : REGULAR),
    isDirectory,
    size: data?.length ?? 0,
    crc: data === undefined ? 0 : crc32(data),
    offset: output.position,
  };
  output.write(localHeader(record));
  if (data !== undefined) output.write(data);
  return record;
}

function writeFileEntry(output: Output, source: ZipSource, path: string): EntryRecord {
  const fd = openSource(path);
  try {
    const before = fstatSync(fd);
    if (!before.isFile()) throw new Error(`'${path}' is not a regular file`);
    const record = {
      ...nameOf(source),
      mode: ((source.mode ?? before.mode) & 0o7777) | REGULAR,
      isDirectory: false,
      size: before.size,
      crc: 0,
      offset: output.position,
    };
    output.write(localHeader(record));
    let left = before.size;
    while (left > 0) {
      const length = output.read(fd, left);
      if (length === 0) throw new Error(`'${path}' got shorter while it was read`);
      record.crc = crc32(output.lastRead(length), record.crc);
      left -= length;
    }
    if (hasChanged(fd, before)) throw new Error(`'${path}' changed while it was read`);
    output.patch(record.offset, localHeader(record));
    return record;
  } finally {
    closeSync(fd);
  }
}

/** Whether there is more to read. What took long may also have been written over. */
function hasChanged(fd: number, before: Stats): boolean {
  if (readSync(fd, ONE_BYTE, 0, 1, null) > 0) return true;
  return before.size > CHUNK && fstatSync(fd).mtimeMs !== before.mtimeMs;
}

const ONE_BYTE = new Uint8Array(1);

function openSource(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new Error(`'${path}' cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

function nameOf({ name, data, path }: ZipSource): Pick<EntryRecord, "name" | "isUtf8"> {
  const isDirectory = data === undefined && path === undefined;
  if (name.endsWith("/") !== isDirectory) {
    throw new Error(`entry '${name}' has to end in '/' if, and only if, it is a directory`);
  }
  const bytes = Buffer.from(name);
  if (bytes.length > 0xffff) throw new Error(`the name '${name.slice(0, 80)}…' is too long`);
  return { name: bytes, isUtf8: bytes.length !== name.length };
}

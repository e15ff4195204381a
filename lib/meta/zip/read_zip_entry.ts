/**
 * Reads an entry of a zip file.
 *
 * @module
 */

import { closeSync, openSync } from "node:fs";
import { checkReadable, contents } from "./_entry_data.ts";
import { STORED } from "./_records.ts";
import { dataPosition } from "./_central_directory.ts";
import { bytesAt, type Tail } from "./_tail.ts";
import type { ZipEntry, ZipFile } from "./open_zip.ts";
import { ZipError } from "./zip_error.ts";

/** Options of {@linkcode readZipEntry}. */
export interface ReadZipEntryOptions {
  /** Most bytes that an entry may have. @default {1073741824} */
  readonly maxSize?: number;
}

/**
 * Reads the contents of an entry, and checks them against its check sum.
 *
 * What is stored is read as it is; what is deflated is decompressed, to as many bytes as the entry
 * announces and never more than `maxSize`.
 *
 * @throws {ZipError} There is no such entry, or it is damaged, encrypted, or too large.
 *
 * @example Read an entry
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { openZip } from "runlit/open-zip";
 * import { readZipEntry } from "runlit/read-zip-entry";
 * import { writeZip } from "runlit/write-zip";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeZip(`${dir}/a.zip`, [{ name: "id", data: Buffer.from("60a825b1") }]);
 * assert.equal(readZipEntry(openZip(`${dir}/a.zip`), "id").toString(), "60a825b1");
 * rmSync(dir, { recursive: true });
 * ```
 */
export function readZipEntry(
  zip: ZipFile,
  name: string,
  options: ReadZipEntryOptions = {},
): Buffer {
  const { maxSize = 1 << 30 } = options;
  const { path } = zip;
  const { record } = entryNamed(zip, name);
  checkReadable(path, name, record, maxSize);
  return withOpenZip(zip, (tail) => {
    const position = dataPosition(tail, zip.central, record);
    return contents(path, name, record, bytesAt(tail, position, record.compressedSize));
  });
}

/**
 * Reads a part of an entry, for what is too large to be read whole; there is no check sum of a
 * part.
 *
 * A deflated entry is decompressed as a whole for it.
 *
 * @param start First byte; a negative one counts from the end.
 * @param end Byte after the last. Default: the end.
 */
export function readZipRange(
  zip: ZipFile,
  name: string,
  start: number,
  end: number = Infinity,
): Buffer {
  const { record } = entryNamed(zip, name);
  if (record.method !== STORED) {
    {
      return readZipEntry(zip, name).subarray(start, Math.min(end, record.size));
    }
  }
  checkReadable(zip.path, name, record, Infinity);
  const first = Math.min(start < 0 ? Math.max(0, record.size + start) : start, record.size);
  const last = Math.min(end, record.size);
  return withOpenZip(zip, (tail) => {
    const position = dataPosition(tail, zip.central, record);
    return bytesAt(tail, position + first, Math.max(0, last - first));
  });
}

function entryNamed(zip: ZipFile, name: string): ZipEntry {
  const entry = zip.entries.get(name);
  if (entry === undefined || entry.isDirectory) {
    throw new ZipError(zip.path, `it has no entry '${name}'`);
  }
  return entry;
}

/** The file is opened only if what is in memory of it is not all of it. */
function withOpenZip<T>(zip: ZipFile, use: (tail: Tail) => T): T {
  if (zip.tail.start === 0) return use(zip.tail);
  const fd = openSync(zip.path, "r");
  try {
    return use({ ...zip.tail, fd });
  } finally {
    closeSync(fd);
  }
}

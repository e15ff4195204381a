/**
 * Checks that a zip file can be read back.
 *
 * @module
 */

import { closeSync, openSync } from "node:fs";
import { checkReadable, contents } from "./_entry_data.ts";
import { STORED } from "./_records.ts";
import { dataPosition } from "./_central_directory.ts";
import { bytesAt, readFully, type Tail } from "./_tail.ts";
import { crc32 } from "./crc32.ts";
import { openZip, type ZipEntry, type ZipFile } from "./open_zip.ts";
import { ZipError } from "./zip_error.ts";

const CHUNK = 1 << 20;

/**
 * Reads all of a zip file and checks every entry against its check sum. Returns what {@linkcode
 * openZip} does.
 *
 * @throws {ZipError} The zip is damaged.
 *
 * @example A flipped bit is found
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
 * import { verifyZip } from "runlit/verify-zip";
 * import { writeZip } from "runlit/write-zip";
 *
 * const path = `${mkdtempSync("/tmp/example-")}/a.zip`;
 * writeZip(path, [{ name: "id", data: Buffer.from("60a825b1") }]);
 * assert.equal(verifyZip(path).entries.size, 1);
 * const bytes = readFileSync(path);
 * bytes[bytes.indexOf("60a8")] ^= 1;
 * writeFileSync(path, bytes);
 * assert.throws(() => verifyZip(path), /the check sum of entry 'id' is not that of its contents/);
 * rmSync(path);
 * ```
 */
export function verifyZip(path: string): ZipFile {
  const zip = openZip(path);
  const isInMemory = zip.tail.start === 0;
  const fd = isInMemory ? -1 : openSync(path, "r");
  try {
    const tail = { ...zip.tail, fd };
    const chunk = isInMemory ? Buffer.alloc(0) : Buffer.allocUnsafe(CHUNK);
    for (const entry of zip.entries.values()) verifyEntry(zip, entry, tail, chunk);
  } finally {
    if (fd !== -1) closeSync(fd);
  }
  return zip;
}

function verifyEntry(zip: ZipFile, { name, record }: ZipEntry, tail: Tail, chunk: Buffer): void {
  checkReadable(zip.path, name, record, Infinity);
  const position = dataPosition(tail, zip.central, record);
  if (record.method !== STORED || position >= tail.start) {
    contents(zip.path, name, record, bytesAt(tail, position, record.compressedSize));
    return;
  }
  let crc = 0;
  for (let done = 0; done < record.size; done += CHUNK) {
    const part = chunk.subarray(0, Math.min(CHUNK, record.size - done));
    readFully(zip.path, tail.fd, part, position + done);
    crc = crc32(part, crc);
  }
  if (crc !== record.crc) {
    throw new ZipError(
      zip.path,
      `it is damaged: the check sum of entry '${name}' is not that of its contents`,
    );
  }
}

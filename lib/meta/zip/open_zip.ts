/**
 * Reads what is in a zip file.
 *
 * @module
 */

import { entryNameProblem } from "./_entry_name.ts";
import {
  type CentralDirectory,
  type CentralEntry,
  eachHeader,
  readCentralDirectory,
  readHeader,
} from "./_central_directory.ts";
import { type Tail, withTail } from "./_tail.ts";
import { ZipError } from "./zip_error.ts";

/** An entry of a zip file. */
export interface ZipEntry {
  /** With `/`; a directory's name ends in one. */
  readonly name: string;
  readonly isDirectory: boolean;
  /** Bytes once decompressed. */
  readonly size: number;
  /** Unix mode with the file type's bits; 0 if the zip was made elsewhere. */
  readonly mode: number;
  readonly crc: number;
  /** How it is stored, for the functions that read it. */
  readonly record: Readonly<CentralEntry>;
}

/**
 * A zip file that was looked into. It is not kept open, and what was read of it is what it was
 * then.
 */
export interface ZipFile {
  readonly path: string;
  readonly size: number;
  /** By name, in the order of the zip's list. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** What is in memory of it, for the functions that read entries. */
  readonly tail: Tail;
  readonly central: CentralDirectory;
}

/** So much of the end is read at once: meta of most runs is smaller as a whole. */
const TAIL = 64 * 1024;

/**
 * Reads the list of a zip file's entries.
 *
 * @throws {ZipError} The file cannot be read, is damaged, or has names that would lead out of a
 * directory (`../x`, `/x`, `C:x`, backslashes) or come twice.
 *
 * @example Look into a zip
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { openZip } from "runlit/open-zip";
 * import { writeZip } from "runlit/write-zip";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeZip(`${dir}/a.zip`, [{ name: "id", data: Buffer.from("60a825b1") }]);
 * assert.equal(openZip(`${dir}/a.zip`).entries.get("id")?.size, 8);
 * rmSync(dir, { recursive: true });
 * ```
 */
export function openZip(path: string): ZipFile {
  return withTail(path, Buffer.allocUnsafe(TAIL), (tail) => {
    const central = readCentralDirectory(tail);
    const entries = new Map<string, ZipEntry>();
    eachHeader(path, central, (at) => {
      const record = readHeader(central, at);
      const name = central.buffer.toString("utf8", record.nameStart, record.nameEnd);
      const problem = entries.has(name) ? "comes twice" : entryNameProblem(name);
      if (problem !== null) {
        throw new ZipError(path, `the name of entry ${JSON.stringify(name)} ${problem}`);
      }
      const { size, crc, attributes } = record;
      entries.set(name, {
        name,
        isDirectory: name.endsWith("/"),
        size,
        mode: attributes >>> 16,
        crc,
        record,
      });
    });
    return { path, size: tail.size, entries, tail, central };
  });
}

/**
 * Reads a few small entries of a zip file with one look at its end.
 *
 * @module
 */

import { checkReadable, contents } from "./_entry_data.ts";
import {
  bytesAt,
  type CentralEntry,
  dataPosition,
  eachEntry,
  readCentralDirectory,
  withTail,
} from "./_tail.ts";
import { ZipError } from "./zip_error.ts";

/**
 * So much of the end is read. Meta of a usual run is 4 to 5 kB as a whole; its list of entries and what a listing asks
 * for, which stand at the end, are 3 kB.
 */
const TAIL = 16 * 1024;

/** What a listing asks for is small. */
const MAX_SIZE = 64 * 1024 * 1024;

// Used again for each zip: a listing reads a hundred thousand of them, and keeps only strings.
const buffer = Buffer.allocUnsafeSlow(TAIL);

/**
 * Reads those of some entries that are there, as text.
 *
 * In a sealed run's zip they stand at the end, so that one read gets them all with the list of entries. In other zips,
 * such as Gage's, those that stand elsewhere cost a read each. Check sums are checked.
 *
 * @param names Names to look for.
 *
 * @throws {ZipError} The file cannot be read or is damaged.
 *
 * @example One read
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { readZipTail } from "runlit/read-zip-tail";
 * import { writeZip } from "runlit/write-zip";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * writeZip(`${dir}/a.zip`, [{ name: "id", data: Buffer.from("60a825b1") }]);
 * assert.deepEqual(readZipTail(`${dir}/a.zip`, new Set(["id", "name"])), new Map([["id", "60a825b1"]]));
 * rmSync(dir, { recursive: true });
 * ```
 */
export function readZipTail(path: string, names: ReadonlySet<string>): Map<string, string> {
  // Most names are told apart by their length, before a string is made of them.
  const lengths: boolean[] = [];
  for (const name of names) lengths[Buffer.byteLength(name)] = true;
  return withTail(path, buffer, (tail) => {
    const central = readCentralDirectory(tail);
    const found = new Map<string, CentralEntry>();
    eachEntry(path, central, (entry, bytes) => {
      if (!lengths[entry.nameEnd - entry.nameStart]) return;
      const name = bytes.toString("utf8", entry.nameStart, entry.nameEnd);
      if (!names.has(name)) return;
      if (found.has(name)) throw new ZipError(path, `the name of entry '${name}' comes twice`);
      found.set(name, { ...entry });
    });
    const texts = new Map<string, string>();
    for (const [name, entry] of found) {
      checkReadable(path, name, entry, MAX_SIZE);
      const data = bytesAt(tail, dataPosition(tail, central, entry), entry.compressedSize);
      texts.set(name, contents(path, name, entry, data).toString());
    }
    return texts;
  });
}

/**
 * Reads a few small entries of a zip file with one look at its end.
 *
 * @module
 */

import { checkReadable, contents } from "./_entry_data.ts";
import { CENTRAL_HEADER_SIZE, STORED } from "./_records.ts";
import {
  type CentralDirectory,
  type CentralEntry,
  dataPosition,
  eachHeader,
  readCentralDirectory,
  readHeader,
} from "./_central_directory.ts";
import { bytesAt, type Tail, withTail } from "./_tail.ts";
import { crc32ByTable } from "./crc32.ts";
import { ZipError } from "./zip_error.ts";

/**
 * So much of the end is read. Meta of a usual run is 4 to 5 kB as a whole; its list of entries and
 * what a listing asks for, which stand at the end, are 3 kB.
 */
const TAIL = 16 * 1024;

/** What a listing asks for is small. */
const MAX_SIZE = 64 * 1024 * 1024;

// Used again for each zip: a listing reads a hundred thousand of them, and keeps only strings.
const buffer = Buffer.allocUnsafeSlow(TAIL);

/**
 * Reads those of some entries that are there, as text.
 *
 * In a sealed run's zip they stand at the end, so that one read gets them all with the list of
 * entries. In other zips, such as Gage's, those that stand elsewhere cost a read each. Check sums
 * are checked.
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
  const wanted = wantedNames(names);
  return withTail(path, buffer, (tail) => {
    const central = readCentralDirectory(tail);
    const texts = new Map<string, string>();
    eachHeader(path, central, (at, nameLength) => {
      const candidates = wanted[nameLength];
      if (candidates === undefined) return;
      const start = at + CENTRAL_HEADER_SIZE;
      for (const { name, bytes } of candidates) {
        if (!matches(central.buffer, start, bytes)) continue;
        if (texts.has(name)) throw new ZipError(path, `the name of entry '${name}' comes twice`);
        texts.set(name, readText(tail, central, readHeader(central, at), name));
      }
    });
    return texts;
  });
}

function readText(
  tail: Tail,
  central: CentralDirectory,
  entry: CentralEntry,
  name: string,
): string {
  checkReadable(tail.path, name, entry, MAX_SIZE);
  const position = dataPosition(tail, central, entry);
  const start = position - tail.start;
  // Without making an object of the bytes: for a hundred thousand runs that is a million of them.
  if (start >= 0 && entry.method === STORED && entry.size < 1024) {
    const end = start + entry.size;
    if (crc32ByTable(tail.buffer, 0, start, end) === entry.crc) {
      return tail.buffer.toString("utf8", start, end);
    }
  }
  return contents(tail.path, name, entry, bytesAt(tail, position, entry.compressedSize)).toString();
}

interface WantedName {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const known = new WeakMap<ReadonlySet<string>, WantedName[][]>();

/** Names by their length: most others are told apart by that, before a string is made of them. */
function wantedNames(names: ReadonlySet<string>): WantedName[][] {
  let wanted = known.get(names);
  if (wanted === undefined) {
    known.set(names, wanted = []);
    for (const name of names) {
      const bytes = Buffer.from(name);
      (wanted[bytes.length] ??= []).push({ name, bytes });
    }
  }
  return wanted;
}

function matches(buffer: Uint8Array, start: number, bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (buffer[start + i] !== bytes[i]) return false;
  return true;
}

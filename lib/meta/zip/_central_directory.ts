/**
 * The list of a zip file's entries, at its end.
 *
 * @module
 */

import {
  CENTRAL_HEADER,
  CENTRAL_HEADER_SIZE,
  END,
  END_64,
  END_64_LOCATOR,
  END_64_LOCATOR_SIZE,
  END_64_SIZE,
  END_SIZE,
  LOCAL_HEADER,
  LOCAL_HEADER_SIZE,
  MAX_16,
  MAX_32,
} from "./_records.ts";
import { bytesAt, type Tail } from "./_tail.ts";
import { ZipError } from "./zip_error.ts";

/** The central directory: what lists the entries. */
export interface CentralDirectory {
  readonly count: number;
  readonly start: number;
  readonly buffer: Buffer;
}

/** Finds the central directory. */
export function readCentralDirectory(tail: Tail): CentralDirectory {
  const at = findEnd(tail);
  const end = bytesAt(tail, at, END_SIZE);
  const place = {
    disk: end.readUInt16LE(4),
    count: end.readUInt16LE(10),
    size: end.readUInt32LE(12),
    start: end.readUInt32LE(16),
    end: at,
  };
  if (place.count === MAX_16 || place.size === MAX_32 || place.start === MAX_32) {
    readEnd64(tail, place);
  }
  const { disk, count, size, start } = place;
  if (disk !== 0) throw new ZipError(tail.path, "it is a part of several");
  if (start + size !== place.end || count * CENTRAL_HEADER_SIZE > size) {
    throw new ZipError(tail.path, "it is damaged: its list of entries is not where it should be");
  }
  return { count, start, buffer: bytesAt(tail, start, size) };
}

/**
 * The end record stands at the end, with only a comment after it that is as long as the record
 * says.
 */
function findEnd({ path, buffer, start, size }: Tail): number {
  const lowest = Math.max(0, buffer.length - END_SIZE - MAX_16);
  for (let at = buffer.length - END_SIZE; at >= lowest; at--) {
    if (
      buffer.readUInt32LE(at) === END &&
      buffer.readUInt16LE(at + 20) === buffer.length - at - END_SIZE
    ) {
      return start + at;
    }
  }
  const isZip = size >= 4 && (start > 0 || buffer.readUInt32LE(0) === LOCAL_HEADER);
  throw new ZipError(
    path,
    isZip ? "it is damaged or cut off: it has no end record" : "it is not a zip file",
  );
}

function readEnd64(
  tail: Tail,
  place: { disk: number; count: number; size: number; start: number; end: number },
): void {
  const locatorAt = place.end - END_64_LOCATOR_SIZE;
  // 65,535 entries exactly need no zip64.
  if (locatorAt < 0) return;
  const locator = bytesAt(tail, locatorAt, END_64_LOCATOR_SIZE);
  if (locator.readUInt32LE(0) !== END_64_LOCATOR) return;
  const at = Number(locator.readBigUInt64LE(8));
  if (at + END_64_SIZE > locatorAt) {
    throw new ZipError(tail.path, "it is damaged: its zip64 end record is not there");
  }
  const end = bytesAt(tail, at, END_64_SIZE);
  if (end.readUInt32LE(0) !== END_64) {
    throw new ZipError(tail.path, "it is damaged: its zip64 end record is not there");
  }
  place.disk = end.readUInt32LE(16);
  place.count = Number(end.readBigUInt64LE(32));
  place.size = Number(end.readBigUInt64LE(40));
  place.start = Number(end.readBigUInt64LE(48));
  place.end = at;
}

/**
 * An entry's header in the central directory, as numbers only: names are for the caller to read if
 * it wants them.
 */
export interface CentralEntry {
  nameStart: number;
  nameEnd: number;
  flags: number;
  method: number;
  crc: number;
  compressedSize: number;
  size: number;
  attributes: number;
  offset: number;
}

/**
 * Calls a function with the position of each header in the central directory, and with the length
 * of its name.
 */
export function eachHeader(
  path: string,
  { count, buffer }: CentralDirectory,
  visit: (at: number, nameLength: number) => void,
): void {
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_HEADER_SIZE > buffer.length || buffer.readUInt32LE(at) !== CENTRAL_HEADER) {
      throw damagedList(path);
    }
    const nameLength = buffer.readUInt16LE(at + 28);
    const next = at + CENTRAL_HEADER_SIZE + nameLength + buffer.readUInt16LE(at + 30) +
      buffer.readUInt16LE(at + 32);
    if (next > buffer.length) throw damagedList(path);
    visit(at, nameLength);
    at = next;
  }
  if (at !== buffer.length) throw damagedList(path);
}

/** Reads a header of the central directory. */
export function readHeader({ buffer }: CentralDirectory, at: number): CentralEntry {
  const nameStart = at + CENTRAL_HEADER_SIZE;
  const entry = {
    nameStart,
    nameEnd: nameStart + buffer.readUInt16LE(at + 28),
    flags: buffer.readUInt16LE(at + 8),
    method: buffer.readUInt16LE(at + 10),
    crc: buffer.readUInt32LE(at + 16),
    compressedSize: buffer.readUInt32LE(at + 20),
    size: buffer.readUInt32LE(at + 24),
    attributes: buffer.readUInt32LE(at + 38),
    offset: buffer.readUInt32LE(at + 42),
  };
  if (entry.size === MAX_32 || entry.compressedSize === MAX_32 || entry.offset === MAX_32) {
    readExtra64(
      entry,
      buffer.subarray(entry.nameEnd, entry.nameEnd + buffer.readUInt16LE(at + 30)),
    );
  }
  return entry;
}

function readExtra64(entry: CentralEntry, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    const field = extra.subarray(at + 4, at + 4 + length);
    if (extra.readUInt16LE(at) === 1) {
      let next = 0;
      const read = (value: number) => {
        if (value !== MAX_32 || next + 8 > field.length) return value;
        next += 8;
        return Number(field.readBigUInt64LE(next - 8));
      };
      // In this order, and only those that did not fit.
      entry.size = read(entry.size);
      entry.compressedSize = read(entry.compressedSize);
      entry.offset = read(entry.offset);
    }
    at += 4 + length;
  }
}

/**
 * Where an entry's data is: behind a local header, whose length the central directory does not
 * tell.
 */
export function dataPosition(
  tail: Tail,
  central: CentralDirectory,
  { offset, compressedSize }: CentralEntry,
): number {
  if (offset + LOCAL_HEADER_SIZE <= central.start) {
    const inMemory = offset >= tail.start;
    const header = inMemory ? tail.buffer : bytesAt(tail, offset, LOCAL_HEADER_SIZE);
    const at = inMemory ? offset - tail.start : 0;
    if (header.readUInt32LE(at) === LOCAL_HEADER) {
      const position = offset + LOCAL_HEADER_SIZE + header.readUInt16LE(at + 26) +
        header.readUInt16LE(at + 28);
      if (position + compressedSize <= central.start) return position;
    }
  }
  throw new ZipError(tail.path, "it is damaged: an entry is not where its list of entries says");
}

function damagedList(path: string): ZipError {
  return new ZipError(path, "it is damaged: its list of entries cannot be read");
}

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
  uint16,
  uint32,
} from "./_records.ts";
import { bytesAt, type Tail } from "./_tail.ts";
import { ZipError } from "./zip_error.ts";

/** The central directory: what lists the entries. */
export interface CentralDirectory {
  readonly count: number;
  /** Where it is in the file. */
  readonly start: number;
  /** Where it is in memory. */
  readonly buffer: Buffer;
  readonly from: number;
  readonly to: number;
}

/** Finds the central directory. */
export function readCentralDirectory(tail: Tail): CentralDirectory {
  const at = findEnd(tail);
  const place = {
    disk: uint16(tail.buffer, at + 4),
    count: uint16(tail.buffer, at + 10),
    size: uint32(tail.buffer, at + 12),
    start: uint32(tail.buffer, at + 16),
    end: tail.start + at,
  };
  if (place.count === MAX_16 || place.size === MAX_32 || place.start === MAX_32) {
    readEnd64(tail, place);
  }
  const { disk, count, size, start } = place;
  if (disk !== 0) throw new ZipError(tail.path, "it is a part of several");
  if (start + size !== place.end || count * CENTRAL_HEADER_SIZE > size) {
    throw new ZipError(tail.path, "it is damaged: its list of entries is not where it should be");
  }
  if (start < tail.start) {
    return { count, start, buffer: bytesAt(tail, start, size), from: 0, to: size };
  }
  const from = start - tail.start;
  return { count, start, buffer: tail.buffer, from, to: from + size };
}

/**
 * Where in memory the end record is: at the end, with only a comment after it that is as long as
 * the record says.
 */
function findEnd({ path, buffer, length, start, size }: Tail): number {
  const lowest = Math.max(0, length - END_SIZE - MAX_16);
  for (let at = length - END_SIZE; at >= lowest; at--) {
    if (uint32(buffer, at) !== END) continue;
    if (uint16(buffer, at + 20) === length - at - END_SIZE) return at;
  }
  const isZip = size >= 4 && (start > 0 || uint32(buffer, 0) === LOCAL_HEADER);
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
  if (uint32(locator, 0) !== END_64_LOCATOR) return;
  const at = Number(locator.readBigUInt64LE(8));
  if (at + END_64_SIZE > locatorAt) {
    throw new ZipError(tail.path, "it is damaged: its zip64 end record is not there");
  }
  const end = bytesAt(tail, at, END_64_SIZE);
  if (uint32(end, 0) !== END_64) {
    throw new ZipError(tail.path, "it is damaged: its zip64 end record is not there");
  }
  place.disk = uint32(end, 16);
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
  { count, buffer, from, to }: CentralDirectory,
  visit: (at: number, nameLength: number) => void,
): void {
  let at = from;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_HEADER_SIZE > to || uint32(buffer, at) !== CENTRAL_HEADER) {
      throw damagedList(path);
    }
    const nameLength = uint16(buffer, at + 28);
    const next = at + CENTRAL_HEADER_SIZE + nameLength + uint16(buffer, at + 30) +
      uint16(buffer, at + 32);
    if (next > to) throw damagedList(path);
    visit(at, nameLength);
    at = next;
  }
  if (at !== to) throw damagedList(path);
}

/** Reads a header of the central directory. */
export function readHeader({ buffer }: CentralDirectory, at: number): CentralEntry {
  const nameStart = at + CENTRAL_HEADER_SIZE;
  const entry = {
    nameStart,
    nameEnd: nameStart + uint16(buffer, at + 28),
    flags: uint16(buffer, at + 8),
    method: uint16(buffer, at + 10),
    crc: uint32(buffer, at + 16),
    compressedSize: uint32(buffer, at + 20),
    size: uint32(buffer, at + 24),
    attributes: uint32(buffer, at + 38),
    offset: uint32(buffer, at + 42),
  };
  if (entry.size === MAX_32 || entry.compressedSize === MAX_32 || entry.offset === MAX_32) {
    readExtra64(
      entry,
      buffer.subarray(entry.nameEnd, entry.nameEnd + uint16(buffer, at + 30)),
    );
  }
  return entry;
}

function readExtra64(entry: CentralEntry, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = uint16(extra, at + 2);
    const field = extra.subarray(at + 4, at + 4 + length);
    if (uint16(extra, at) === 1) {
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
    if (uint32(header, at) === LOCAL_HEADER) {
      const position = offset + LOCAL_HEADER_SIZE + uint16(header, at + 26) +
        uint16(header, at + 28);
      if (position + compressedSize <= central.start) return position;
    }
  }
  throw new ZipError(tail.path, "it is damaged: an entry is not where its list of entries says");
}

function damagedList(path: string): ZipError {
  return new ZipError(path, "it is damaged: its list of entries cannot be read");
}

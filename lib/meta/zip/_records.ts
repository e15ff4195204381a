/**
 * The records that zip files consist of (APPNOTE.TXT 6.3.10, sections 4.3 and 4.5).
 *
 * @module
 */

export const LOCAL_HEADER = 0x04034b50;
export const CENTRAL_HEADER = 0x02014b50;
export const END = 0x06054b50;
export const END_64 = 0x06064b50;
export const END_64_LOCATOR = 0x07064b50;

export const LOCAL_HEADER_SIZE = 30;
export const CENTRAL_HEADER_SIZE = 46;
export const END_SIZE = 22;
export const END_64_SIZE = 56;
export const END_64_LOCATOR_SIZE = 20;

export const MAX_16 = 0xffff;
export const MAX_32 = 0xffffffff;

/** The names are UTF-8 rather than code page 437. */
export const FLAG_UTF8 = 0x0800;
export const FLAG_ENCRYPTED = 0x0001;

export const STORED = 0;
export const DEFLATED = 8;

/** What is written for every entry: no zip file depends on when it was made. 1980-01-01 00:00. */
export const DOS_DATE = 0x0021;

/** An entry as it is written. */
export interface EntryRecord {
  /** The name in UTF-8. */
  readonly name: Uint8Array;
  readonly isUtf8: boolean;
  /** Unix mode with the file type's bits. */
  readonly mode: number;
  readonly isDirectory: boolean;
  readonly size: number;
  readonly crc: number;
  /** Where its local header is. */
  readonly offset: number;
}

/** Encodes what stands before an entry's data. */
export function localHeader({ name, isUtf8, size, crc }: EntryRecord): Buffer {
  const is64 = size >= MAX_32;
  const extra = is64 ? 20 : 0;
  const record = Buffer.alloc(LOCAL_HEADER_SIZE + name.length + extra);
  record.writeUInt32LE(LOCAL_HEADER, 0);
  record.writeUInt16LE(is64 ? 45 : 20, 4);
  record.writeUInt16LE(isUtf8 ? FLAG_UTF8 : 0, 6);
  record.writeUInt16LE(DOS_DATE, 12);
  record.writeUInt32LE(crc, 14);
  record.writeUInt32LE(is64 ? MAX_32 : size, 18);
  record.writeUInt32LE(is64 ? MAX_32 : size, 22);
  record.writeUInt16LE(name.length, 26);
  record.writeUInt16LE(extra, 28);
  record.set(name, LOCAL_HEADER_SIZE);
  if (is64) extra64(record, LOCAL_HEADER_SIZE + name.length, [size, size]);
  return record;
}

/** Encodes an entry of the central directory. */
export function centralHeader(
  { name, isUtf8, mode, isDirectory, size, crc, offset }: EntryRecord,
): Buffer {
  const large = [...(size >= MAX_32 ? [size, size] : []), ...(offset >= MAX_32 ? [offset] : [])];
  const extra = large.length === 0 ? 0 : 4 + 8 * large.length;
  const record = Buffer.alloc(CENTRAL_HEADER_SIZE + name.length + extra);
  const version = large.length === 0 ? 20 : 45;
  record.writeUInt32LE(CENTRAL_HEADER, 0);
  // Made by Unix, so that readers take the mode for what it is.
  record.writeUInt16LE((3 << 8) | version, 4);
  record.writeUInt16LE(version, 6);
  record.writeUInt16LE(isUtf8 ? FLAG_UTF8 : 0, 8);
  record.writeUInt16LE(DOS_DATE, 14);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(Math.min(size, MAX_32), 20);
  record.writeUInt32LE(Math.min(size, MAX_32), 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(extra, 30);
  record.writeUInt16LE(mode, 40);
  // The directory bit of DOS.
  record.writeUInt16LE(isDirectory ? 0x10 : 0, 38);
  record.writeUInt32LE(Math.min(offset, MAX_32), 42);
  record.set(name, CENTRAL_HEADER_SIZE);
  if (extra > 0) extra64(record, CENTRAL_HEADER_SIZE + name.length, large);
  return record;
}

/** Encodes what ends a zip file: how many entries there are, and where the central directory is. */
export function endRecords(count: number, start: number, size: number): Buffer {
  const end = Buffer.alloc(END_SIZE);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(Math.min(count, MAX_16), 8);
  end.writeUInt16LE(Math.min(count, MAX_16), 10);
  end.writeUInt32LE(Math.min(size, MAX_32), 12);
  end.writeUInt32LE(Math.min(start, MAX_32), 16);
  if (count < MAX_16 && size < MAX_32 && start < MAX_32) return end;
  const large = Buffer.alloc(END_64_SIZE + END_64_LOCATOR_SIZE);
  large.writeUInt32LE(END_64, 0);
  large.writeBigUInt64LE(BigInt(END_64_SIZE - 12), 4);
  large.writeUInt16LE((3 << 8) | 45, 12);
  large.writeUInt16LE(45, 14);
  large.writeBigUInt64LE(BigInt(count), 24);
  large.writeBigUInt64LE(BigInt(count), 32);
  large.writeBigUInt64LE(BigInt(size), 40);
  large.writeBigUInt64LE(BigInt(start), 48);
  large.writeUInt32LE(END_64_LOCATOR, END_64_SIZE);
  large.writeBigUInt64LE(BigInt(start + size), END_64_SIZE + 8);
  large.writeUInt32LE(1, END_64_SIZE + 16);
  return Buffer.concat([large, end]);
}

/** Writes the extra field that holds what 32 bits do not. */
function extra64(record: Buffer, at: number, values: readonly number[]): void {
  record.writeUInt16LE(1, at);
  record.writeUInt16LE(8 * values.length, at + 2);
  for (const [i, value] of values.entries()) record.writeBigUInt64LE(BigInt(value), at + 4 + 8 * i);
}

/**
 * Reads a number of 16 bits, as all are in zip files: lowest byte first. The caller sees to it that
 * it is there. Listing a hundred thousand runs reads millions of them, most before any code is
 * optimized, where this is twice as fast as the method of buffers.
 */
export function uint16(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}

/** Reads a number of 32 bits. */
export function uint32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>>
    0;
}

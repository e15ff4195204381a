/**
 * From the bytes of an entry to its contents.
 *
 * @module
 */

import { inflateRawSync } from "node:zlib";
import { DEFLATED, FLAG_ENCRYPTED, STORED } from "./_records.ts";
import type { CentralEntry } from "./_central_directory.ts";
import { crc32 } from "./crc32.ts";
import { ZipError } from "./zip_error.ts";

/** Nothing deflated gets larger than this times its size. */
const DEFLATE_RATIO = 1032;

type Sizes = Pick<CentralEntry, "flags" | "method" | "size" | "compressedSize">;

/** Throws unless an entry's data is of a kind that can be read, and no larger than it may be. */
export function checkReadable(path: string, name: string, entry: Sizes, maxSize: number): void {
  if (entry.flags & FLAG_ENCRYPTED) throw new ZipError(path, `entry '${name}' is encrypted`);
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new ZipError(
      path,
      `entry '${name}' is compressed by method ${entry.method}, which is not supported`,
    );
  }
  const most = entry.method === STORED
    ? entry.compressedSize
    : entry.compressedSize * DEFLATE_RATIO;
  if (entry.size > most || (entry.method === STORED && entry.size !== most)) {
    throw new ZipError(path, `it is damaged: entry '${name}' has a size that cannot be`);
  }
  if (entry.size > maxSize) {
    throw new ZipError(
      path,
      `entry '${name}' has ${entry.size} bytes, more than the ${maxSize} allowed`,
    );
  }
}

/** Decompresses an entry's data, and checks that they are what was put in. */
export function contents(path: string, name: string, entry: CentralEntry, data: Buffer): Buffer {
  const bytes = entry.method === STORED ? data : inflate(path, name, entry, data);
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) {
    throw new ZipError(
      path,
      `it is damaged: the check sum of entry '${name}' is not that of its contents`,
    );
  }
  return bytes;
}

function inflate(path: string, name: string, entry: CentralEntry, data: Buffer): Buffer {
  try {
    // One byte more than announced: an entry that is larger has to fail, not to be cut.
    return inflateRawSync(data, { maxOutputLength: entry.size + 1 });
  } catch (cause) {
    throw new ZipError(path, `it is damaged: entry '${name}' cannot be decompressed`, { cause });
  }
}

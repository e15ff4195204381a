/**
 * The check sum of zip files.
 *
 * @module
 */

import * as zlib from "node:zlib";

type Crc32 = (data: Uint8Array, value?: number) => number;

/**
 * Computes the CRC-32 of bytes, as zip files have it.
 *
 * @param value The CRC-32 of what came before, for data in parts. @default {0}
 *
 * @example In parts
 * ```ts
 * import assert from "node:assert/strict";
 * import { crc32 } from "runlit/crc32";
 *
 * assert.equal(crc32(Buffer.from("lo"), crc32(Buffer.from("hel"))), 0x3610a686);
 * ```
 */
export function crc32(data: Uint8Array, value = 0): number {
  return native === undefined ? crc32ByTable(data, value) : native(data, value);
}

// Node has it since 20.15.
const native = (zlib as { crc32?: Crc32 }).crc32;

let table: Int32Array | undefined;

/**
 * The same without help from the runtime, which is faster for a few bytes; of a part of the data,
 * if wanted.
 */
export function crc32ByTable(
  data: Uint8Array,
  value = 0,
  start = 0,
  end: number = data.length,
): number {
  table ??= makeTable();
  let crc = ~value;
  for (let i = start; i < end; i++) crc = table[(crc ^ data[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function makeTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
}

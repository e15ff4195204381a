/**
 * Bytes of a source file as text, and back to the same bytes.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { fileError } from "../files/file_error.ts";

/** Text of a file, and how it is encoded. */
export interface SourceText {
  readonly text: string;
  readonly encoding: "utf8" | "latin1";
}

/**
 * Decodes a file: as UTF-8 with its byte order mark, or, if it is not that, byte by byte as Latin-1.
 *
 * Either way the bytes come back as they were. Undefined for files that hold no text.
 */
export function decodeSource(bytes: Uint8Array): SourceText | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encoding: "utf8" };
  } catch {
    // UTF-16 has zeros in it wherever there is ASCII.
    if (bytes.includes(0)) return undefined;
    return { text: Buffer.from(bytes).toString("latin1"), encoding: "latin1" };
  }
}

/** Reads a file. Throws a `FileError` if that is not possible. */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** Encodes text as it was. Undefined if the encoding cannot hold it. */
export function encodeSource({ text, encoding }: SourceText): Uint8Array | undefined {
  if (encoding === "latin1" && /[^\0-\xff]/.test(text)) return undefined;
  return Buffer.from(text, encoding);
}

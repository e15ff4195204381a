/**
 * Tells text from binary data, by the name of a file or by its first bytes.
 *
 * @module
 */

import { isUtf8 } from "node:buffer";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { extname } from "node:path";

const TEXT: ReadonlySet<string> = new Set(
  "csv html js json jsx md py r sh toml ts tsx txt yaml yml".split(" "),
);

const BINARY: ReadonlySet<string> = new Set(
  ("ai bmp gif ico jpeg jpg png ps psd svg tif tiff aif mid midi mpa mp3 ogg wav wma avi mov mp4 " +
    "mpeg swf wmv 7z deb gz pkg rar rpm tar xz z zip doc docx key pdf ppt pptx xlr xls xlsx bin " +
    "pickle pkl pyc").split(" "),
);

/** How many of a file's first bytes are looked at. */
const HEAD = 1024;

/** Tells by the extension of a name, or by the contents of the regular file at `path`. */
export function isText(name: string, path: string): boolean {
  const extension = extname(name).slice(1).toLowerCase();
  if (TEXT.has(extension)) return true;
  if (BINARY.has(extension)) return false;
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const head = new Uint8Array(HEAD);
    return isTextHead(head.subarray(0, readSync(fd, head, 0, HEAD, null)));
  } finally {
    closeSync(fd);
  }
}

/**
 * Tells whether bytes at the start of a file look like text, of which the last character may be
 * cut off.
 *
 * UTF-8, UTF-16 with a byte order mark, and encodings that extend ASCII (Latin-1, Shift-JIS, …)
 * are text, control sequences of terminals included. UTF-16 without a mark is binary.
 */
export function isTextHead(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return true;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return isUtf16(bytes, "utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return isUtf16(bytes, "utf-16be");
  let high = 0;
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0 || byte === 0xff) return false;
    if (byte >= 0x7f) high++;
    else if (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d && byte !== 0x0b)) controls++;
  }
  if (controls + high > bytes.length * 0.8 && high < bytes.length * 0.2) return false;
  // Bytes beyond ASCII alone are no text in any of the encodings that mix them with ASCII.
  return high <= bytes.length * 0.95 || isUtf8(withoutCutCharacter(bytes));
}

function isUtf16(bytes: Uint8Array, encoding: string): boolean {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true });
    return !decoder.decode(bytes, { stream: true }).includes("\0");
  } catch {
    return false;
  }
}

/** Removes the beginning of a UTF-8 sequence whose rest is not there. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

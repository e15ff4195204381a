/**
 * Reads, writes and makes files and directories.
 *
 * @module
 */

import {
  closeSync,
  existsSync,
  futimesSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { basename as nodeBasename, dirname, join } from "node:path";
import { hashFile } from "../../lib/files/hash_file.ts";

/** Creates an empty file, or sets the time of one that is there to now. */
export function touch(path: string): void {
  const fd = openSync(path, "a");
  const now = new Date();
  futimesSync(fd, now, now);
  closeSync(fd);
}

/** Writes a text to a file, whose directory is made if it is not there. */
export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The text of a file. */
export function read(path: string): string {
  return readFileSync(path, "utf8");
}

/** Makes a directory, and those above it. */
export function makeDir(path: string): void {
  mkdirSync(path, { recursive: true });
}

/** Joins parts of a path. */
export function pathJoin(...parts: string[]): string {
  return join(...parts);
}

/** Whether there is a file or directory of that path. */
export function pathExists(path: string): boolean {
  return existsSync(path);
}

/** The last part of a path. */
export function basename(path: string): string {
  return nodeBasename(path);
}

/** SHA-256 of a file in hexadecimal digits. */
export async function sha256(path: string): Promise<string> {
  return await hashFile(path);
}

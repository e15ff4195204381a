/**
 * Writes a file so that it is either absent, as it was, or complete. Never anything between.
 *
 * @module
 */

import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { randomUuid } from "../runtime/random_uuid.ts";
import { durability, syncDir } from "./durability.ts";
import { type FileError, fileError } from "./file_error.ts";

/** Options of {@linkcode writeFileAtomic}. */
export interface WriteFileAtomicOptions {
  /** Permission bits, whatever the umask. Default: what the umask leaves of 0666. */
  readonly mode?: number;
  /** Flush the file and its directory to the disk, if durability is `safe`. Default: false. */
  readonly durable?: boolean;
  /** Fail with `EEXIST` if the path exists, instead of replacing what is there. Default: false. */
  readonly exclusive?: boolean;
}

/**
 * Writes a file atomically: a temporary file in the same directory, then a rename.
 *
 * A symbolic link at the path is replaced, not followed. The directory has to exist.
 * Throws a `FileError` that names the path, and leaves no temporary file behind.
 *
 * @example Write a file that readers never see half of
 * ```ts
 * import { writeFileAtomic } from "runlit/write-file-atomic";
 * import assert from "node:assert/strict";
 * import { mkdtempSync, readdirSync, rmSync } from "node:fs";
 *
 * const dir = mkdtempSync("/tmp/example-");
 * await writeFileAtomic(`${dir}/exit`, "0", { durable: true });
 * assert.deepEqual(readdirSync(dir), ["exit"]);
 * rmSync(dir, { recursive: true });
 * ```
 */
export async function writeFileAtomic(
  path: string,
  data: string | Uint8Array,
  options: WriteFileAtomicOptions = {},
): Promise<void> {
  writeFileAtomicSync(path, data, options);
}

/** Does the same as {@linkcode writeFileAtomic}, for code that cannot wait. */
export function writeFileAtomicSync(
  path: string,
  data: string | Uint8Array,
  options: WriteFileAtomicOptions = {},
): void {
  const dir = dirname(path);
  const temp = join(dir, tempName());
  let made = false;
  try {
    const fd = openSync(temp, "wx", options.mode ?? 0o666);
    made = true;
    try {
      writeFileSync(fd, data);
      if (options.mode !== undefined) fchmodSync(fd, options.mode);
      // Before the rename: else a power failure may leave the new name with no contents.
      if (options.durable && durability() === "safe") fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    if (options.exclusive) {
      claim(temp, path);
    } else {
      renameSync(temp, path);
    }
    made = false;
  } catch (error) {
    if (made) removeLeftover(temp);
    throw writeError(path, dir, error);
  }
  if (options.durable) syncDir(dir);
}

/** A short name of its own, since the file's may already be as long as names can be. */
function tempName(): string {
  // Asking for random bytes each time costs more than the rename.
  thisProcess ??= randomUuid().slice(19).replace("-", "");
  return `.runlit-${thisProcess}-${++count}.tmp`;
}

let thisProcess: string | undefined;
let count = 0;

/** Gives the file its name unless the name is taken. A rename would replace what is there. */
function claim(temp: string, path: string): void {
  try {
    linkSync(temp, path);
  } catch (error) {
    if (!NO_HARD_LINKS.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    // Without hard links the name is claimed by an empty file that the rename replaces at once.
    closeSync(openSync(path, "wx"));
    renameSync(temp, path);
    return;
  }
  unlinkSync(temp);
}

const NO_HARD_LINKS: ReadonlySet<string> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EMLINK",
]);

function removeLeftover(temp: string): void {
  try {
    unlinkSync(temp);
  } catch {
    // The error that brought us here says more than this one would.
  }
}

function writeError(path: string, dir: string, error: unknown): FileError {
  const code = (error as NodeJS.ErrnoException).code;
  const orphan = code === "ENOENT" && !existsSync(dir);
  return fileError(
    "write",
    path,
    error,
    orphan ? `directory ${JSON.stringify(dir)} does not exist` : undefined,
  );
}

/**
 * Seals a run: its meta directory becomes a zip.
 *
 * @module
 */

import {
  fsyncSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { NotFoundError } from "../errors.ts";
import { durability, syncDir } from "../files/durability.ts";
import { sealOrder } from "./_seal_order.ts";
import { newRunId } from "./new_run_id.ts";
import { openZip } from "./zip/open_zip.ts";
import { verifyZip } from "./zip/verify_zip.ts";
import { writeZip, type ZipSource } from "./zip/write_zip.ts";
import { ZipError } from "./zip/zip_error.ts";

/**
 * Turns a run's meta directory into a zip, and returns the zip's path: `<meta dir>.zip`.
 *
 * The order is what keeps the promise that meta is never lost, whenever this is interrupted: the
 * zip is written under a temporary name, read back and flushed to the disk; it gets its name; the
 * name is flushed; and only then does the directory go, under another name first so that it is gone
 * at once. While both are there readers take the zip unless it is broken. Sealing again finishes
 * what was interrupted.
 *
 * Locks and temporary files are left out. Equal meta gives equal bytes: all files are read-only in
 * the zip, whatever the umask was.
 *
 * @throws {NotFoundError} There is no meta.
 * @throws {ZipError} The zip could not be written; the directory is as it was.
 *
 * @example Seal
 * ```ts
 * import assert from "node:assert/strict";
 * import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { sealMeta } from "runlit/seal-meta";
 *
 * const runsDir = mkdtempSync("/tmp/example-");
 * mkdirSync(`${runsDir}/a.meta`);
 * writeFileSync(`${runsDir}/a.meta/id`, "a");
 * assert.equal(await sealMeta(`${runsDir}/a.meta`), `${runsDir}/a.meta.zip`);
 * assert.equal(existsSync(`${runsDir}/a.meta`), false);
 * rmSync(runsDir, { recursive: true });
 * ```
 */
export async function sealMeta(metaDir: string): Promise<string> {
  const dir = metaDir.replace(/[/\\]+$/, "").replace(/\.zip$/, "");
  const zipPath = `${dir}.zip`;
  if (isSealed(zipPath)) removeAsides(dir);
  else {
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
      throw new NotFoundError(`Run meta dir does not exist: ${dir}`, dir);
    }
    try {
      writeSealed(dir, zipPath);
    } catch (error) {
      // Another process has sealed the run and is removing the directory.
      if (!isSealed(zipPath)) throw error;
    }
  }
  syncDir(dirname(dir));
  remove(dir);
  return zipPath;
}

function isSealed(zipPath: string): boolean {
  if (!statSync(zipPath, { throwIfNoEntry: false })?.isFile()) return false;
  try {
    openZip(zipPath);
    return true;
  } catch (error) {
    if (error instanceof ZipError) return false;
    throw error;
  }
}

function writeSealed(dir: string, zipPath: string): void {
  const sources = sealOrder(
    listSources(dir, ""),
    ({ path }) => path === undefined ? 0 : statSync(path).size,
  );
  // Inside the directory: if this is interrupted, the next one removes it with the rest.
  const temp = join(dir, `.seal-${newRunId()}.tmp`);
  try {
    writeZip(temp, sources, {
      mode: 0o444,
      onWritten: (fd) => durability() === "safe" && fsyncSync(fd),
    });
    const { entries } = verifyZip(temp);
    if (entries.size !== sources.length) {
      throw new ZipError(
        zipPath,
        `of ${sources.length} entries ${entries.size} were there when it was read back`,
        { writing: true },
      );
    }
    renameSync(temp, zipPath);
  } catch (error) {
    rmSync(temp, { force: true });
    throw error;
  }
}

function listSources(dir: string, parent: string): ZipSource[] {
  const sources: ZipSource[] = [];
  for (const entry of readdirSync(join(dir, parent), { withFileTypes: true })) {
    const name = parent + entry.name;
    if (name.endsWith(".tmp") || name === "proc/lock" || name === "proc/lock.json") continue;
    if (entry.isDirectory()) {
      sources.push({ name: `${name}/`, mode: 0o755 }, ...listSources(dir, `${name}/`));
    } else if (entry.isFile()) {
      sources.push({ name, path: join(dir, name), mode: 0o444 });
    } else {
      const why = `'${join(dir, name)}' is neither a file nor a directory; remove it and try again`;
      throw new ZipError(`${dir}.zip`, why, { writing: true });
    }
  }
  return sources;
}

/** Under another name first: a directory that is half gone would still be taken for a run. */
function remove(dir: string): void {
  const aside = `${dir}.${newRunId()}.tmp`;
  try {
    renameSync(dir, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  removeTree(aside);
}

/** What an interrupted removal left. */
function removeAsides(dir: string): void {
  const parent = dirname(dir);
  const start = `${basename(dir)}.`;
  for (const name of readdirSync(parent)) {
    if (name.startsWith(start) && name.endsWith(".tmp")) removeTree(join(parent, name));
  }
}

/** Much faster than `rmSync()`, which on Node looks at each file several times. */
function removeTree(dir: string): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(dir, entry.name));
    else unlinkSync(join(dir, entry.name));
  }
  rmdirSync(dir);
}

/**
 * Remembers that bubblewrap works: to try it takes as long as to use it.
 *
 * @module
 * @internal
 */

import { lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFileAtomicSync } from "../../../files/write_file_atomic.ts";
import { bootId } from "../../../runtime/process_identity.ts";

/** What was remembered for a program, if it and the machine are the same as then; else null. */
export function recallProbe(file: string): unknown {
  try {
    const { key, value } = JSON.parse(readFileSync(cacheFile(), "utf8"));
    return key === keyOf(file) ? value : null;
  } catch {
    return null;
  }
}

/** Remembers what is known about a program, until the machine is started again. */
export function rememberProbe(file: string, value: unknown): void {
  try {
    mkdirSync(probeCacheDir(), { recursive: true, mode: 0o700 });
    writeFileAtomicSync(cacheFile(), JSON.stringify({ key: keyOf(file), value }), { mode: 0o600 });
  } catch {
    // Next time it is tried again.
  }
}

/** Forgets it: what worked once did not work now. */
export function forgetProbe(): void {
  try {
    rmSync(cacheFile(), { force: true });
  } catch {
    // It is not ours to remove, and was not believed either.
  }
}

/** What the answer depends on: the program, the boot, and the container that we are in. */
function keyOf(file: string): string {
  const { ino, size, mtimeMs } = statSync(file);
  const places = ["user", "mnt"].map((name) => readlinkSync(`/proc/self/ns/${name}`));
  // Whole milliseconds are all that both runtimes tell.
  return [file, ino, size, Math.floor(mtimeMs), bootId(), ...places].join(" ");
}

/** The directory of what is remembered: this user's, who alone may read or write it. */
export function probeCacheDir(): string {
  return join(tmpdir(), `runlit-${process.getuid?.() ?? 0}`);
}

/** The file, unless its directory may be anybody's. */
function cacheFile(): string {
  const dir = probeCacheDir();
  const stat = lstatSync(dir);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.() || (stat.mode & 0o077) !== 0) {
    throw new Error(`'${dir}' is not a directory of ours alone`);
  }
  return join(dir, "bwrap.json");
}

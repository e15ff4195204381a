/**
 * Remembers that bubblewrap works: to try it takes as long as to use it.
 *
 * @module
 * @internal
 */

import { readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomicSync } from "../../../files/write_file_atomic.ts";
import { bootId } from "../../../runtime/process_identity.ts";
import { makeUserCacheDir } from "../../../runtime/user_cache_dir.ts";

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

/** The file. Throws if its directory may be anybody's. */
function cacheFile(): string {
  return join(makeUserCacheDir(), "bwrap.json");
}

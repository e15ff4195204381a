import { chmodSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../types.ts";
import { listRunFiles } from "./_list_run_files.ts";

/** Write bits, and those that make a program run as another user. */
const BITS = 0o7222;

/** Makes a run's files read-only: all of them, or those for which `applies` says so. */
export async function makeFilesReadOnly(
  run: Run,
  applies: (path: string) => boolean = () => true,
): Promise<void> {
  for (const { path, kind, mode } of (await listRunFiles(run)).files) {
    // Most are read-only since they were staged: a look at each is saved.
    if (kind !== "file" || (mode & BITS) === 0 || !applies(path)) continue;
    chmodSync(join(run.runDir, path), mode & 0o555);
  }
}

import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** Named, because on Deno a file that is appended to is otherwise created writable by all. */
const MODE = 0o644;

/** Appends text, in one write, to a log of a meta directory, which gets its `log` where needed. */
export function appendLog(metaDir: string, name: string, text: string): void {
  const path = join(metaDir, "log", name);
  try {
    appendFileSync(path, text, { mode: MODE });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(join(metaDir, "log"));
    appendFileSync(path, text, { mode: MODE });
  }
}

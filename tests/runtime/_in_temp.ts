/** A directory for temporary files, and with it all that is remembered about this machine. */

import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Calls a function with a directory below `parent` that is the one for temporary files meanwhile. */
export async function inTemp(
  parent: string,
  use: (dir: string) => unknown,
): Promise<void> {
  const before = process.env.TMPDIR;
  const dir = realpathSync(mkdtempSync(join(parent, "runlit-test-")));
  process.env.TMPDIR = dir;
  try {
    await use(dir);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(dir, { recursive: true });
  }
}

/**
 * Directories for tests.
 *
 * @module
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Makes a directory with some files, hands it to a function, and removes it. */
export async function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (dir: string) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "runlit-config-"));
  try {
    for (const [path, contents] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), contents);
    }
    await use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

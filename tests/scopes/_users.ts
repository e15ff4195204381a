/** Who executes a phase: root (if we are), and another user. */

import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Attempt, Attempted } from "./_attempt.ts";

const NOBODY = 65534;

/** User IDs by name; undefined is whoever executes the tests. */
export const USERS: Readonly<Record<string, number | undefined>> = process.getuid?.() === 0
  ? { root: undefined, nobody: NOBODY }
  : { [userInfo().username]: undefined };

/** Executes an attempt in a process of another user. */
export function asUser(uid: number, request: Attempt): Attempted {
  const file = fileURLToPath(new URL("./_attempt.ts", import.meta.url));
  const dir = mkdtempSync(join(tmpdir(), "runlit-user-"));
  chownSync(dir, uid, uid);
  const runtime = "Deno" in globalThis
    ? [process.execPath, "run", "-A", "--no-check"]
    : [process.execPath, "--import", import.meta.resolve("tsx")];
  const as = ["--reuid", String(uid), "--regid", String(uid), "--clear-groups"];
  try {
    const output = execFileSync(
      "setpriv",
      [...as, ...runtime, file, JSON.stringify(request)],
      {
        encoding: "utf8",
        maxBuffer: 1 << 26,
        cwd: fileURLToPath(new URL("../../", import.meta.url)),
        env: {
          // Not root's own programs: nobody may read them.
          PATH: "/usr/local/bin:/usr/bin:/bin",
          HOME: dir,
          DENO_DIR: join(dir, "deno"),
          TSX_DISABLE_CACHE: "1",
        },
      },
    );
    return JSON.parse(output.slice(output.indexOf('{"result"'))) as Attempted;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

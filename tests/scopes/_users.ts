/** Who executes a phase: root (if we are), and another user. */

import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Attempt, Attempted } from "./_attempt.ts";
import { TYPESCRIPT_FLAGS } from "../../scripts/house/tools.ts";

const NOBODY = 65534;

/** User IDs by name; undefined is whoever executes the tests. */
export const USERS: Readonly<Record<string, number | undefined>> = process.getuid?.() === 0
  ? { root: undefined, nobody: NOBODY }
  : { [userInfo().username]: undefined };

/** How an attempt is executed in a process of its own. */
export interface AttemptProcess {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Removes what it leaves. */
  remove(): void;
}

/** A process for an attempt, of another user if `uid` is given. */
export function attemptProcess(request: Attempt, uid?: number): AttemptProcess {
  const file = fileURLToPath(new URL("./_attempt.ts", import.meta.url));
  const dir = mkdtempSync(join(tmpdir(), "runlit-user-"));
  if (uid !== undefined) chownSync(dir, uid, uid);
  const runtime = "Deno" in globalThis
    ? [process.execPath, "run", "-A", "--no-check"]
    : [process.execPath, ...TYPESCRIPT_FLAGS];
  const as = uid === undefined
    ? []
    : ["setpriv", "--reuid", String(uid), "--regid", String(uid), "--clear-groups"];
  return {
    argv: [...as, ...runtime, file, JSON.stringify(request)],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    env: {
      // Not root's own programs: nobody may read them.
      PATH: "/usr/local/bin:/usr/bin:/bin",
      HOME: dir,
      DENO_DIR: join(dir, "deno"),
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Executes an attempt in a process of another user. */
export function asUser(uid: number, request: Attempt): Attempted {
  const { argv: [file, ...args], cwd, env, remove } = attemptProcess(request, uid);
  try {
    const output = execFileSync(file, args, { encoding: "utf8", maxBuffer: 1 << 26, cwd, env });
    return JSON.parse(output.slice(output.indexOf('{"result"'))) as Attempted;
  } finally {
    remove();
  }
}

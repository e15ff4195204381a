/**
 * Device nodes that root can give to a sandbox.
 *
 * Inside of a sandbox, root still owns what it owns outside: `chmod` of the host's `/dev/null` would
 * change everyone's. Nodes that belong to somebody else can be used all the same, and not changed.
 *
 * @module
 * @internal
 */

import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, lstatSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isPrivate, makeUserCacheDir, userCacheDir } from "../../../runtime/user_cache_dir.ts";
import { closedDir } from "./closed_dir.ts";

/** The nodes that bubblewrap's `--dev` takes from the host: major and minor number of each. */
export const DEVICES: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  null: [1, 3],
  zero: [1, 5],
  full: [1, 7],
  random: [1, 8],
  urandom: [1, 9],
  tty: [5, 0],
};

/** Nobody: who that is makes no difference, since nobody but root gets to the directory. */
const OWNER = 65534;

/**
 * Makes the nodes. By way of `unshare`, which does nothing here, so that the same programs have to be
 * allowed under Deno's permissions as where nodes are locked.
 */
const MAKE = [
  "--",
  "/bin/sh",
  "-c",
  [
    "PATH=/usr/bin:/bin",
    'cd "$1"',
    ...Object.entries(DEVICES).map(([name, [major, minor]]) =>
      `mknod -m 666 ${name} c ${major} ${minor}`
    ),
    `chown ${OWNER}:${OWNER} *`,
  ].join(" && "),
  "sh",
];

/**
 * Returns the directory of the nodes, which are made where they are missing; or null where this
 * process is not root's, may make none, or their file system allows none. They stay until the
 * machine is started again, as what is remembered about bubblewrap does.
 */
export function ownDevices(): string | null {
  if (process.getuid?.() !== 0) return null;
  const dir = join(userCacheDir(), "dev");
  if (areUsable(dir)) return dir;
  makeDevices(dir);
  return areUsable(dir) ? dir : null;
}

function makeDevices(dir: string): void {
  const made = `${dir}-${randomUUID()}`;
  try {
    makeUserCacheDir();
    mkdirSync(made, { mode: 0o700 });
    spawnSync("/usr/bin/unshare", [...MAKE, made], { stdio: "ignore", env: {} });
    // Whoever was a little earlier has made the same, and may be about to use them.
    if (!areUsable(made) || areUsable(dir)) return;
    rmSync(dir, { recursive: true, force: true });
    renameSync(made, dir);
  } catch {
    // The caller does without.
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** Whether the directory is root's alone, and its nodes are what they are to be. */
function areUsable(dir: string): boolean {
  try {
    if (!isPrivate(userCacheDir()) || !isPrivate(dir)) return false;
    // Bubblewrap has to find them: a directory for temporary files may be in another user's.
    if (closedDir(dir) !== null) return false;
    for (const [name, [major, minor]] of Object.entries(DEVICES)) {
      const stat = lstatSync(join(dir, name));
      if (!stat.isCharacterDevice() || stat.rdev !== major * 256 + minor) return false;
      if (stat.uid !== OWNER || (stat.mode & 0o7777) !== 0o666) return false;
    }
    // Fails where the file system is mounted without devices, or a container denies them.
    closeSync(openSync(join(dir, "null"), "r+"));
    return true;
  } catch {
    return false;
  }
}

/**
 * What a run's command has closed to its own user.
 *
 * @module
 */

import { chmodSync, lstatSync, readdirSync, type Stats } from "node:fs";
import { join } from "node:path";
import { logRunner } from "../meta/runner_log.ts";
import type { Run } from "../types.ts";

/** What a directory needs so that its files can be recorded, and removed one day. */
const DIR = 0o700;
const FILE = 0o400;

/**
 * Reads something of a run's files. If that is not permitted, what the run's user has closed
 * (`chmod 000 .`) is opened again, and it is read once more.
 */
export async function reopening<T>(run: Run, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EACCES" || !openClosed(run)) throw error;
    return await read();
  }
}

/** Opens what is closed, and logs it; returns whether there was anything. What others own stays. */
function openClosed(run: Run): boolean {
  let any = false;
  const open = (path: string, mode: number, bits: number) => {
    try {
      chmodSync(join(run.runDir, path), mode | bits);
    } catch {
      // Whoever reads it says so.
      return;
    }
    any = true;
    const octal = (mode & 0o777).toString(8).padStart(3, "0");
    logRunner(run, `Opened ${JSON.stringify(path)} to read it: its mode was ${octal}`);
  };
  const waiting = ["."];
  for (let dir = waiting.pop(); dir !== undefined; dir = waiting.pop()) {
    const { mode } = lstatSync(join(run.runDir, dir));
    if ((mode & 0o500) !== 0o500) open(dir, mode & 0o7777, DIR);
    for (const path of list(run, dir)) {
      const stat = look(join(run.runDir, path));
      if (stat?.isDirectory()) waiting.push(path);
      else if (stat?.isFile() && (stat.mode & FILE) === 0) open(path, stat.mode & 0o7777, FILE);
    }
  }
  return any;
}

function list(run: Run, dir: string): string[] {
  try {
    return readdirSync(join(run.runDir, dir)).map((name) => join(dir, name));
  } catch {
    return [];
  }
}

function look(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

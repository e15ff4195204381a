/**
 * A directory for the temporary files of tests, which has to be empty when they are over.
 *
 * @module
 */

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TaskResult } from "../house/run_tasks.ts";

/** What tests leave behind is looked for in here. */
export interface PrivateTemp {
  /** Makes a directory inside, to be the `TMPDIR` of some tests. */
  folder(name: string): string;
  /** Names what is left of files and processes, ends the processes, removes everything. */
  close(): Promise<TaskResult>;
}

/**
 * Caches: of the hook that lets Node read TypeScript, and of what is known about bubblewrap. And what
 * a process leaves that is killed in the moment in which it makes its pipes, as some tests do.
 */
const EXPECTED = /^(tsx-\d+|node-compile-cache|runlit-\d+|runlit-pipes-\w+)$/;

/** Milliseconds in which processes that were told to end may do so. */
const GRACE = 3000;

/** Makes a private temporary directory. */
export function privateTemp(): PrivateTemp {
  const root = mkdtempSync(join(tmpdir(), "rl-"));
  // As open as the system's, for tests that become another user.
  chmodSync(root, 0o755);
  const folders: string[] = [];
  return {
    folder(name) {
      const path = join(root, name);
      mkdirSync(path, { recursive: true });
      chmodSync(path, 0o1777);
      folders.push(path);
      return path;
    },
    async close() {
      const problems = await endProcesses(root);
      for (const folder of new Set(folders)) {
        for (const name of readdirSync(folder)) {
          if (!EXPECTED.test(name)) {
            problems.push(`left behind: ${folder.slice(root.length + 1)}/${name}`);
          }
        }
      }
      rmSync(root, { recursive: true, force: true });
      return {
        passed: problems.length === 0 ? 1 : 0,
        failed: problems.length === 0 ? 0 : 1,
        skipped: 0,
        details: problems.join("\n"),
      };
    },
  };
}

/** Ends the processes that have the directory in their environment, and names them. */
async function endProcesses(root: string): Promise<string[]> {
  const until = Date.now() + GRACE;
  let left = processesOf(root);
  while (left.length > 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    left = processesOf(root);
  }
  for (const { pid } of left) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has just ended.
    }
  }
  return left.map(({ pid, command }) => `still running: ${command} (process ${pid})`);
}

/** Looks through `/proc`; on a system without one, it finds nothing. */
function processesOf(root: string): { pid: number; command: string }[] {
  const found: { pid: number; command: string }[] = [];
  for (const name of entries("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${name}/environ`, "latin1").includes(`TMPDIR=${root}/`)) continue;
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      if (Number(name) !== process.pid) found.push({ pid: Number(name), command });
    } catch {
      // Not ours, or gone by now.
    }
  }
  return found;
}

function entries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

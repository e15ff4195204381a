/**
 * What the tests of meta share.
 *
 * @module
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Calls a function with a new directory, and removes the directory afterwards. */
export async function inTempDir<T>(use: (dir: string) => T | Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "runlit-meta-"));
  try {
    return await use(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Writes files below a directory; a name that ends in `/` is a directory. */
export function writeTree(dir: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  mkdirSync(dir, { recursive: true });
  for (const [name, data] of Object.entries(files)) {
    const path = join(dir, name);
    if (name.endsWith("/")) {
      mkdirSync(path, { recursive: true });
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, data);
    }
  }
}

/** Runs Python with arguments and returns what it prints. */
export function python(code: string, ...args: string[]): string {
  return execFileSync("python3", ["-c", code, ...args], { encoding: "utf8" });
}

/** Says why a test that needs a program is to be skipped, or false if the program is there. */
export function without(program: string, ...args: string[]): string | false {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return false;
  } catch {
    return `${program} is not installed`;
  }
}

export const WITHOUT_PYTHON: string | false = without("python3", "-c", "import zipfile");
export const WITHOUT_UNZIP: string | false = without("unzip", "-v");

/** A generator of the same numbers from 0 to 1 in every run (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Meta of a finished run, in layout `json`. */
export const SEALED_META: Readonly<Record<string, string>> = {
  __schema__: "1",
  "config.json": '{\n  "lr": 0.1\n}',
  id: "60a825b1-7dd5-4b4f-b4f6-0b1b1e3f0a52",
  initialized: "1700000000000001",
  "log/files": "a s 1700000000000000 say.py\n",
  "log/runner": "2024-07-05T10:11:12+0000 Exit code for run: 0\n",
  manifest: `s ${"0".repeat(64)} say.py\n`,
  "opdef.json": "{}",
  opref: "2 demo say",
  "output/40_run": "Hi there\n",
  "output/40_run.index": "\0\0\0\0\0\0\0\x01\0",
  "proc/cmd.json": '["python", "say.py"]',
  "proc/env.json": '{\n  "A": "1"\n}',
  "proc/exit": "0",
  staged: "1700000000000002",
  started: "1700000000000003",
  stopped: "1700000000000004",
  "summary.json": "{}",
  "sys/platform.json": '"Linux"',
};

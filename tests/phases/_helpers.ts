/** What the tests of commands share. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunCommandOptions } from "../../lib/phases/command_options.ts";
import type { CommandResult } from "../../lib/phases/command_result.ts";
import { runCommand } from "../../lib/phases/run_command.ts";
import type { Command } from "../../lib/types.ts";

/** Calls `test` with a directory that is gone afterwards. */
export async function withDir(test: (dir: string) => unknown): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "runlit-test-"));
  try {
    await test(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What was stored of a command, and its result. */
export interface Recorded {
  readonly result: CommandResult;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Stream and time of each line. */
  readonly lines: readonly { readonly stream: number; readonly time: number }[];
}

/** Environment of commands in tests. */
export const ENV: Readonly<Record<string, string>> = { PATH: process.env.PATH ?? "/usr/bin:/bin" };

/** Runs a command in a directory and reads back what was stored. */
export async function record(
  dir: string,
  command: Command,
  options: Partial<RunCommandOptions> = {},
): Promise<Recorded> {
  const output = { path: join(dir, "output"), index: join(dir, "output.index") };
  const defaults = { cwd: dir, env: ENV, output, timeLimit: 60_000 };
  const result = await runCommand(command, { ...defaults, ...options });
  const bytes = readFileSync(output.path);
  return { result, bytes, text: bytes.toString("utf8"), lines: readIndex(output.index) };
}

/** Reads an index file. */
export function readIndex(path: string): { stream: number; time: number }[] {
  const index = readFileSync(path);
  const lines = [];
  for (let at = 0; at < index.length; at += 9) {
    lines.push({ time: Number(index.readBigUInt64BE(at)), stream: index[at + 8] });
  }
  return lines;
}

/** Waits until something holds; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Never held: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Resolves with what a promise rejects with. */
export function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => new Error("not rejected"), (error) => error);
}

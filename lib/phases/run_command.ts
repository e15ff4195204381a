/**
 * Runs a command to its end, and to the end of everything it started.
 *
 * @module
 */

import { closeSync } from "node:fs";
import { constants } from "node:os";
import type { Command } from "../types.ts";
import { startFailure } from "./_command_outcome.ts";
import { executeCommand, type Executed, notStarted } from "./_execute_command.ts";
import { openScript } from "./_spawn_command.ts";
import { commandArgv } from "./command_argv.ts";
import type { RunCommandOptions } from "./command_options.ts";
import type { CommandResult } from "./command_result.ts";
import type { CommandOutcome, SpawnSpec } from "./command_wrapper.ts";

export type { RunCommandOptions } from "./command_options.ts";
export type { CommandResult } from "./command_result.ts";

/**
 * Runs a command and waits until its process group is gone, and so is what else of its session has
 * its output open. A command that fails, or cannot be started, is a result like any other. Rejects
 * only if the output files cannot be created, or with what a callback has thrown; the command is
 * ended then, too.
 *
 * Should this process itself be killed, the command goes on: only a sandbox with a PID namespace
 * ends it then. Neither runtime knows the real-time signals (34 to 64): a command that one of them
 * ends looks to Node as if it had succeeded, and ends Deno.
 *
 * @example A failed command is a result
 * ```ts
 * import assert from "node:assert/strict";
 * import { runCommand } from "runlit/run-command";
 *
 * const result = await runCommand("echo $GREETING; exit 3", {
 *   cwd: "/",
 *   env: { PATH: "/usr/bin:/bin", GREETING: "hello" },
 *   onOutput: (chunk) => assert.equal(new TextDecoder().decode(chunk), "hello\n"),
 * });
 * assert.equal(result.ok, false);
 * assert.equal(result.exitCode, 3);
 * assert.equal(result.message, "exited with code 3");
 * ```
 */
export async function runCommand(
  command: Command,
  options: RunCommandOptions,
): Promise<CommandResult> {
  const start = performance.now();
  const { wrap } = options;
  const scripts: number[] = [];
  let executed: Executed;
  try {
    const spec = await prepare(command, options, scripts);
    executed = "reason" in spec ? notStarted(spec) : await executeCommand(spec, options);
  } catch (error) {
    await wrap?.finish?.(startFailure("spawn-failed", String(error)));
    throw error;
  } finally {
    for (const fd of scripts) closeSync(fd);
  }
  const { outcome, ...details } = executed;
  const translated = await wrap?.finish?.(outcome) ?? outcome;
  const numbers: Readonly<Record<string, number | undefined>> = constants.signals;
  const signalNumber = numbers[translated.signal ?? ""] ?? null;
  return { ...translated, ...details, signalNumber, durationMs: performance.now() - start };
}

/** What to start, or why nothing can be started. */
async function prepare(
  command: Command,
  { cwd, env, wrap }: RunCommandOptions,
  scripts: number[],
): Promise<SpawnSpec | CommandOutcome> {
  try {
    const { file, args, script } = commandArgv(command);
    if (script !== undefined) scripts.push(openScript(script));
    const spec: SpawnSpec = { file, args, cwd, env, extraFds: [...scripts] };
    return await wrap?.prepare(spec) ?? spec;
  } catch (error) {
    const message = `could not be started: ${(error as Error).message}`;
    return startFailure("spawn-failed", message, 126);
  }
}

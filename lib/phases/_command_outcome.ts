/**
 * How a command ended, in words. Messages go on from the command: `'train.py' exited with code 1`.
 *
 * @module
 */

import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CommandOutcome, CommandReason, SpawnSpec } from "./command_wrapper.ts";

/** What the system says about the end of a process. */
export interface ProcessExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** The outcome of a command that ran. `reason` and `message` say why it was ended, if it was. */
export function exitOutcome(
  exit: ProcessExit,
  ended: { reason: CommandReason; message: string } | null,
): CommandOutcome {
  if (ended !== null) return { ok: false, ...exit, ...ended };
  if (exit.signal !== null) {
    return { ok: false, ...exit, reason: "signalled", message: `was ended by ${exit.signal}` };
  }
  if (exit.exitCode === 0) return { ok: true, ...exit, reason: "exited" };
  const message = `exited with code ${exit.exitCode}`;
  return { ok: false, ...exit, reason: "exited", message };
}

/** The outcome of a command that was never started. */
export function startFailure(
  reason: CommandReason,
  message: string,
  exitCode: number | null = null,
): CommandOutcome {
  return { ok: false, exitCode, signal: null, reason, message };
}

/** Why `spawn` failed: the system has one code for four mistakes. */
export function spawnFailure(spec: SpawnSpec, error: NodeJS.ErrnoException): CommandOutcome {
  if (!isDirectory(spec.cwd)) {
    const message = `could not be started: its working directory '${spec.cwd}' does not exist`;
    return startFailure("spawn-failed", message, 126);
  }
  if (error.code === "ENOENT") return startFailure("not-found", notFound(spec), 127);
  if (error.code === "EACCES") return startFailure("not-executable", notExecutable(spec), 126);
  if (error.code === "E2BIG") {
    const message = "could not be started: its arguments and environment are larger than the " +
      "system allows; pass them in a file";
    return startFailure("spawn-failed", message, 126);
  }
  return startFailure("spawn-failed", `could not be started: ${error.message}`, 126);
}

function notFound(spec: SpawnSpec): string {
  const path = spec.env.PATH ?? "";
  const places = spec.file.includes("/")
    ? [resolve(spec.cwd, spec.file)]
    : path.split(":").map((dir) => resolve(spec.cwd, join(dir, spec.file)));
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) {
    return `could not be started: the interpreter in the first line of '${found}' does not exist`;
  }
  return spec.file.includes("/")
    ? `was not found: there is no file '${places[0]}'`
    : `was not found: there is no program '${spec.file}' in PATH '${path}'`;
}

function notExecutable(spec: SpawnSpec): string {
  if (!spec.file.includes("/")) return `could not be started: '${spec.file}' is not executable`;
  return isDirectory(resolve(spec.cwd, spec.file))
    ? `could not be started: '${spec.file}' is a directory`
    : `could not be started: '${spec.file}' is not executable; 'chmod +x' makes it so`;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

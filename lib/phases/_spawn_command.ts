/**
 * Starts a process, or says why it cannot be started.
 *
 * @module
 */

import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { OutputPipe } from "../runtime/output_pipe.ts";
import { unnamedPlace } from "../runtime/unnamed_place.ts";
import { type ProcessExit, spawnFailure } from "./_command_outcome.ts";
import type { CommandOutcome, SpawnSpec } from "./command_wrapper.ts";
import { inheritedFds } from "./inherited_fds.ts";

/** A process that runs. */
export interface SpawnedProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly exit: Promise<ProcessExit>;
}

/**
 * Starts a process at the head of a session and a process group of its own. Descriptors that
 * somebody left open in this one are `/dev/null` there.
 */
export async function spawnCommand(
  spec: SpawnSpec,
  stdin: "ignore" | "inherit",
  pipes: readonly [OutputPipe, OutputPipe],
): Promise<SpawnedProcess | CommandOutcome> {
  const passed = [stdin, pipes[0].stdio, pipes[1].stdio, ...spec.extraFds ?? []];
  // One for each: Deno passes no descriptor twice.
  const shadows = new Map<number, number>();
  for (const fd of inheritedFds()) {
    if (fd >= passed.length) shadows.set(fd, openSync("/dev/null", "r"));
  }
  const last = Math.max(...shadows.keys(), passed.length - 1);
  for (let fd = passed.length; fd <= last; fd++) passed.push(shadows.get(fd) ?? "ignore");
  try {
    const child = spawn(spec.file, spec.args, {
      cwd: spec.cwd,
      env: { ...spec.env },
      stdio: passed,
      detached: true,
      windowsHide: true,
    });
    const failed = new Promise<Error>((resolve) => child.once("error", resolve));
    const exit = new Promise<ProcessExit>((resolve) => {
      child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
    });
    if (child.pid === undefined) throw await failed;
    return { child, pid: child.pid, exit };
  } catch (error) {
    return spawnFailure(spec, error as NodeJS.ErrnoException);
  } finally {
    for (const fd of shadows.values()) closeSync(fd);
  }
}

/** Opens a file without a name that holds a script: it vanishes with the last who has it open. */
export function openScript(text: string): number {
  const path = join(unnamedPlace(), `runlit-${randomUUID()}`);
  const fd = openSync(path, "wx+", 0o600);
  try {
    unlinkSync(path);
    // With a position: where `/dev/fd/3` is a copy of the descriptor, reading starts at its offset.
    const bytes = new TextEncoder().encode(text);
    for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, null, done);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/**
 * Starts a prepared command and waits until nothing is left of it.
 *
 * @module
 */

import { alarm } from "./_alarm.ts";
import { exitOutcome, startFailure } from "./_command_outcome.ts";
import { CommandOutput } from "./_command_output.ts";
import { GroupEnder } from "./_end_group.ts";
import { spawnCommand } from "./_spawn_command.ts";
import { captureOutput } from "./capture_output.ts";
import type { RunCommandOptions } from "./command_options.ts";
import type { CommandResult } from "./command_result.ts";
import type { CommandOutcome, CommandReason, SpawnSpec } from "./command_wrapper.ts";
import { isGroupThere } from "./kill_group.ts";
import { signalName } from "./signal_name.ts";

/** How long the end of the output may come after that of the command without being late. */
const USUAL = 50;

/** Requests to end that a command gets as they are. */
const PASSED_ON: readonly NodeJS.Signals[] = ["SIGINT", "SIGHUP", "SIGTERM"];

/** What a result says beside the outcome and what follows from it. */
export interface Executed
  extends Omit<CommandResult, keyof CommandOutcome | "signalNumber" | "durationMs"> {
  readonly outcome: CommandOutcome;
}

/** All about a command that was not started. */
export function notStarted(outcome: CommandOutcome): Executed {
  return { outcome, pid: null, bytes: 0, lines: 0, stragglers: "none", detachedOutput: false };
}

/** Runs what `spec` says. Rejects with what a callback has thrown, once the command is gone. */
export async function executeCommand(
  spec: SpawnSpec,
  options: RunCommandOptions,
): Promise<Executed> {
  const { signal, force, timeLimit = Infinity, outputLimit = Infinity, wrap } = options;
  if (signal?.aborted || force?.aborted) {
    const outcome = startFailure("aborted", "was interrupted before it started");
    return notStarted({
      ...outcome,
      signal: signalName((signal?.aborted ? signal : force)?.reason),
    });
  }
  let ender: GroupEnder | null = null;
  let thrown: { error: unknown } | null = null;
  /** Why the command was ended; what comes after its exit does not count. */
  let why: { reason: CommandReason; message: string } | null = null;
  const end = (reason: CommandReason, message: string, name: NodeJS.Signals = "SIGTERM") => {
    why ??= { reason, message };
    if (name === "SIGKILL") ender?.kill();
    else ender?.ask(name);
  };
  const onError = (error: unknown) => {
    thrown ??= { error };
    ender?.kill();
  };

  const capture = options.output === undefined
    ? null
    : captureOutput(options.output.path, options.output.index, options);
  const onLimit = () => end("output-limit", `was ended: it wrote over ${outputLimit} bytes`);
  const { onOutput } = options;
  const output = new CommandOutput({ capture, limit: outputLimit, onLimit, onOutput, onError });
  const spawned = await spawnCommand(spec, options.stdin ?? "ignore", output.pipes);
  if ("reason" in spawned) {
    output.discard();
    output.close();
    return notStarted(spawned);
  }
  const { pid } = spawned;
  ender = new GroupEnder(pid, {
    grace: options.grace ?? 10_000,
    deliver: (name) => wrap?.signal?.(name, pid) ?? false,
  });
  output.start(spawned.child);
  const onAbort = () => {
    const name = signalName(signal?.reason);
    const message = `was interrupted${name === null ? "" : ` by ${name}`}`;
    end("aborted", message, PASSED_ON.find((each) => each === name));
  };
  const onForce = () => end("aborted", "was interrupted and killed", "SIGKILL");
  signal?.addEventListener("abort", onAbort);
  force?.addEventListener("abort", onForce);
  if (signal?.aborted) onAbort();
  if (force?.aborted) onForce();
  const cancel = alarm(timeLimit, () => {
    end("timeout", `was ended after its time limit of ${timeLimit / 1000} s`);
  });
  try {
    wrap?.started?.(end);
    options.onSpawn?.(pid);
  } catch (error) {
    onError(error);
  }

  const exit = await spawned.exit;
  cancel();
  const outcome = exitOutcome(exit, why);
  const finished = await output.endsWithin(USUAL) && !ender.asked && !isGroupThere(pid);
  const stragglers = finished ? "none" : await ender.gone(options.linger ?? 1000);
  const detachedOutput = await output.drain();
  signal?.removeEventListener("abort", onAbort);
  force?.removeEventListener("abort", onForce);
  ender.dispose();
  const { bytes, lines, error } = output.close();
  if (thrown !== null) throw (thrown as { error: unknown }).error;
  const outputError = error === undefined ? {} : { outputError: error };
  return { outcome, pid, bytes, lines, ...outputError, stragglers, detachedOutput };
}

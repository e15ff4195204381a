/**
 * How a command inside a sandbox ended.
 *
 * @module
 * @internal
 */

import { constants } from "node:os";
import type { CommandOutcome } from "../../command_wrapper.ts";

/** How a command has ended, by its launcher. */
export type Ending = "exited" | "signalled";

/** What is known about a command, for {@link translateOutcome}. */
export interface TranslateOptions {
  /** Whether it is a shell, which says 128 + n itself about what it has started. */
  isShell: boolean;
  /** The signal by which it was asked to end, if it was. */
  asked: string | null;
  /** What its launcher said; null if it said nothing, for it was not asked to or was killed itself. */
  ended: Ending | null;
}

/** Signals by which commands end without being asked to. */
const FATAL = ["SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGSEGV", "SIGSYS"];

/**
 * Makes the outcome of a command from that of the sandbox around it.
 *
 * @param outcome How bubblewrap ended.
 * @param exitCode What bubblewrap reported about the command: null if it has never started, or was
 * killed together with bubblewrap.
 *
 * @example Bubblewrap failed before the command was started
 * ```ts
 * import assert from "node:assert/strict";
 * import { translateOutcome } from "runlit/translate-outcome";
 *
 * const exited = { ok: false, exitCode: 1, signal: null, reason: "exited" } as const;
 * const how = { isShell: false, asked: null, ended: null };
 * assert.equal(translateOutcome(exited, null, how).reason, "spawn-failed");
 * assert.equal(translateOutcome({ ...exited, exitCode: 139 }, 139, how).signal, "SIGSEGV");
 * ```
 */
export function translateOutcome(
  outcome: CommandOutcome,
  exitCode: number | null,
  options: TranslateOptions,
): CommandOutcome {
  const wasStarted = outcome.reason === "exited" || outcome.reason === "signalled";
  if (exitCode === null) {
    if (outcome.reason !== "exited") return outcome;
    const message = "could not be started: the sandbox could not be made; bubblewrap says why in " +
      "the output";
    return { ok: false, exitCode: null, signal: null, reason: "spawn-failed", message };
  }
  const signal = signalOf(exitCode, options);
  const exit = signal === null ? { exitCode, signal: null } : { exitCode: null, signal };
  if (!wasStarted) return { ...outcome, ...exit };
  if (signal !== null) {
    return { ok: false, ...exit, reason: "signalled", message: `was ended by ${signal}` };
  }
  if (exitCode === 0) return { ok: true, ...exit, reason: "exited" };
  return { ok: false, ...exit, reason: "exited", message: `exited with code ${exitCode}` };
}

/** Bubblewrap says 128 + n for signal n; so do shells, and programs that choose to. */
function signalOf(exitCode: number, { isShell, asked, ended }: TranslateOptions): string | null {
  const numbers: Readonly<Record<string, number>> = constants.signals;
  if (ended === "signalled") {
    return Object.keys(numbers).find((name) => exitCode === 128 + numbers[name]) ?? null;
  }
  // Launchers are silent about SIGINT.
  if (ended === "exited" && asked !== "SIGINT") return null;
  if (asked !== null && exitCode === 128 + numbers[asked]) return asked;
  if (isShell || ended !== null) return null;
  return FATAL.find((name) => exitCode === 128 + numbers[name]) ?? null;
}

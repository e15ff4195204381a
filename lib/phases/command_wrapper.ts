/**
 * How something that surrounds a command, such as a sandbox, takes part in running it.
 *
 * @module
 */

/** What is about to be started. */
export interface SpawnSpec {
  /** Program: a path, or a name to be found on `env.PATH`. */
  readonly file: string;
  /** Arguments, without the program itself. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Open descriptors of this process that become 3, 4, … of the new one. A wrapper adds its own
   * after those that are there: a script may be the descriptor 3. Whoever opened them
   * closes them, in {@link CommandWrapper.finish}.
   */
  readonly extraFds?: readonly number[];
}

/** Why a command is over. */
export type CommandReason =
  /** It ended by itself, with an exit code. */
  | "exited"
  /** A signal ended it that was not ours. */
  | "signalled"
  /** There is no such program. */
  | "not-found"
  /** The program is there but may not be executed. */
  | "not-executable"
  /** It could not be started, for any other reason. */
  | "spawn-failed"
  /** It ran for longer than the time limit. */
  | "timeout"
  /** It wrote more than the output limit. */
  | "output-limit"
  /** It filled more of the disk than it may. */
  | "disk-limit"
  /** Its `AbortSignal` was triggered. */
  | "aborted";

/** How a command ended. */
export interface CommandOutcome {
  /** Whether it ended by itself with exit code 0. */
  readonly ok: boolean;
  /** Exit code; 127 for a program that is not there, 126 for one that cannot be executed. */
  readonly exitCode: number | null;
  /** Name of the signal that ended it, or that kept it from being started, such as `SIGKILL`. */
  readonly signal: string | null;
  readonly reason: CommandReason;
  /** What happened, in words, unless the command ended by itself. */
  readonly message?: string;
}

/** Takes part in running a command: once before, while and after it runs. Used for one command. */
export interface CommandWrapper {
  /** Rewrites what is started. An error thrown here makes the command `spawn-failed`. */
  prepare(spec: SpawnSpec): SpawnSpec | Promise<SpawnSpec>;
  /** Is told that the command runs, and how to end it: with a message such as `was ended: …`. */
  started?(end: (reason: CommandReason, message: string) => void): void;
  /**
   * Delivers a request to end (`SIGINT`, `SIGHUP`, `SIGTERM`) to the command inside the wrapper whose
   * process is `pid`. False: it was not delivered, and the process group gets it. `SIGKILL`
   * always goes to the group.
   */
  signal?(signal: NodeJS.Signals, pid: number): boolean;
  /** Translates the outcome and frees what `prepare` took. Called once, also if nothing started. */
  finish?(outcome: CommandOutcome): CommandOutcome | Promise<CommandOutcome>;
}

/**
 * How a command is run.
 *
 * @module
 */

import type { CaptureOptions, OutputStream } from "./capture_output.ts";
import type { CommandWrapper } from "./command_wrapper.ts";

/** Options of `runCommand`. */
export interface RunCommandOptions extends CaptureOptions {
  /** Working directory. */
  cwd: string;
  /** The whole environment of the command: nothing is inherited. */
  env: Readonly<Record<string, string>>;
  /** Files that take what the command prints, and the index of its lines. Default: not stored. */
  output?: { readonly path: string; readonly index: string };
  /**
   * Called with all that the command prints, as it arrives: 0 standard output, 1 standard error.
   * Reading waits for a promise that it returns, and so does the command in the end.
   */
  onOutput?: (chunk: Uint8Array, stream: OutputStream) => void | Promise<void>;
  /**
   * What the command reads. `"ignore"`: nothing. `"inherit"`: what this process would read; a
   * terminal can be read, but is not the command's own (no `/dev/tty`). Default: `"ignore"`, so
   * that a run does not depend on who types what, nor eat the input of a pipeline.
   */
  stdin?: "ignore" | "inherit";
  /** Milliseconds after which the command is ended. Default: no limit. */
  timeLimit?: number;
  /** Bytes of output after which the command is ended; no more are stored. Default: no limit. */
  outputLimit?: number;
  /** Milliseconds from the request to end to `SIGKILL`. Default: 10,000. */
  grace?: number;
  /**
   * Milliseconds that processes may outlive the command that started them, such as the `tee` of
   * `> >(tee log)`, before they are asked to end. Default: 1,000.
   */
  linger?: number;
  /**
   * Asks the command to end, with the signal that its reason names (`abort("SIGINT")`): `SIGINT` and
   * `SIGHUP` are passed on, anything else becomes `SIGTERM`.
   */
  signal?: AbortSignal;
  /** Kills the command at once. */
  force?: AbortSignal;
  /** Called with the process ID as soon as there is one. */
  onSpawn?: (pid: number) => void;
  /** Surrounds the command, for example with a sandbox. */
  wrap?: CommandWrapper;
}

/**
 * What commands print with: data to stdout, everything else to stderr.
 *
 * @module
 */

import { stdoutFailed } from "./closed_pipe.ts";
import { settings } from "./settings.ts";
import { type OutputName, styled } from "./styled.ts";

/** Prints a line of data to stdout. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints data to stdout as it is, without adding a line break. */
export function printRaw(data: string | Uint8Array): void {
  process.stdout.write(data);
}

/**
 * Writes data to one of our streams as it is; the promise, where there is one, lets whoever makes
 * more of it wait for a slow reader.
 */
export function pass(data: Uint8Array, output: OutputName): Promise<void> | void {
  const stream = process[output];
  if (output === "stdout" && stdoutFailed()) return;
  if (stream.destroyed || write(stream, data) || stream.destroyed) return;
  return new Promise((resolve) => {
    const go = () => {
      stream.off("drain", go).off("close", go).off("error", go);
      resolve();
    };
    stream.on("drain", go).on("close", go).on("error", go);
  });
}

/** Deno throws where Node tells those who listen. */
function write(stream: NodeJS.WriteStream, data: Uint8Array): boolean {
  try {
    return stream.write(data);
  } catch (error) {
    stream.emit("error", error);
    return true;
  }
}

/** Tells the user something on stderr, unless `--quiet` was given. */
export function note(line: string): void {
  if (!settings.quiet) process.stderr.write(`${line}\n`);
}

/** Tells the user more on stderr if `--verbose` was given. */
export function detail(line: string): void {
  if (settings.verbose && !settings.quiet) process.stderr.write(`${line}\n`);
}

/** Warns the user on stderr, `--quiet` or not. */
export function warn(line: string): void {
  process.stderr.write(`${styled("warning:", "yellow", "stderr")} ${line}\n`);
}

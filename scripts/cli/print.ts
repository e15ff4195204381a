/**
 * What commands print with: data to stdout, everything else to stderr.
 *
 * @module
 */

import { settings } from "./settings.ts";
import { styled } from "./styled.ts";

/** Prints a line of data to stdout. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints data to stdout as it is, without adding a line break. */
export function printRaw(data: string | Uint8Array): void {
  process.stdout.write(data);
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
